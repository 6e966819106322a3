import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { onlyParties } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';
import { decisionOnAppeal } from '../values/words.js';
import { type Denied, readDenied } from './denied.js';

const decideAppealBody = z.strictObject({ coi, denial: localId, decision: decisionOnAppeal });

export const decideAppeal = definePermission({
  type: 'billing:DecideAppeal',
  roles: ['payer'],
  signature: 'delegable',
  annexes: [],
  body: decideAppealBody,
  scope: therapyScope,
  reads: (reader, { body }) => readDenied(reader, body),
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: 'never',
  decide: decideDecideAppeal,
});

/** The payer that denied it decides on an appeal. A denial that was a mistake it overturns unasked, and whenever it sees so. */
export function decideDecideAppeal(
  { denial }: Denied,
  command: Command<z.infer<typeof decideAppealBody>>,
  context: Context,
): PermissionDecision {
  const { denial: id, decision } = command.body;
  const subject = `denial ${id}`;
  if (!denial) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_DENIAL', subject }] };
  const { payer, answered, decided } = denial;
  const { organisation } = context.actor;
  const reasons: readonly Reason[] = [
    ...(payer === organisation
      ? []
      : [{ code: 'OTHER_PAYER' as const, subject, expected: payer, found: organisation }]),
    ...(decision === 'upheld' && answered?.answer !== 'appeal'
      ? [{ code: 'NO_APPEAL' as const, subject }]
      : []),
    ...(decided && (decision === 'upheld' || decided.decision === 'overturned')
      ? [{ code: 'ALREADY_DECIDED' as const, subject, found: decided.decision }]
      : []),
  ];
  return permitUnless(reasons, () => [
    { ...denial, decided: { ...signedBy(command, context), decision } },
  ]);
}
