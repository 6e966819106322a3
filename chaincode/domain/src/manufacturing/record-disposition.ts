import { z } from 'zod';
import { investigationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { BlockableEntity } from '../nouns/registry.js';
import { coi, localId } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { principalOf, signedBy } from '../nouns/signed.js';
import { reject, unblock } from '../nouns/subject.js';
import type { Deviation } from '../nouns/deviation.js';
import { dispositionDecision } from '../values/words.js';

const recordDispositionBody = z.strictObject({
  coi,
  deviation: localId,
  decision: dispositionDecision,
});

export const recordDisposition = definePermission({
  type: 'manufacturing:RecordDisposition',
  roles: ['quality'],
  signature: 'own',
  annexes: [{ name: 'investigation', required: false, content: investigationContent }],
  body: recordDispositionBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const scope = { kind: 'therapy', id: body.coi } as const;
    const deviation = await reader.get('deviation', { scope, id: body.deviation });
    const subjects = await Promise.all(
      (deviation?.subjects ?? []).map((subject) => reader.subject(subject)),
    );
    return { therapy, deviation, subjects: subjects.filter((subject) => subject !== undefined) };
  },
  decide: decideDisposition,
});

export interface DispositionState {
  readonly deviation: Deviation | undefined;
  readonly subjects: readonly BlockableEntity[];
}

/**
 * Quality settles a deviation: its subjects may be used again, or never. Whoever caused it does not judge it,
 * and no disposition turns one patient's item into another's, because the gates compare chains of identity.
 */
export function decideDisposition(
  state: DispositionState,
  command: Command<z.infer<typeof recordDispositionBody>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { deviation } = state;
  const subject = `deviation ${body.deviation}`;
  if (!deviation) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_DEVIATION', subject }] };
  const reasons: Reason[] = [];
  if (deviation.disposition) {
    reasons.push({ code: 'ALREADY_DISPOSED', subject, found: deviation.disposition.decision });
  }
  if (principalOf(deviation.opened) === context.principal) {
    reasons.push({
      code: 'SAME_PERSON',
      subject,
      expected: 'another person than who caused it',
      found: context.principal,
    });
  }
  return permitUnless(reasons, () => [
    { ...deviation, disposition: { ...signedBy(command, context), decision: body.decision } },
    ...state.subjects.map((each) =>
      body.decision === 'permit-use'
        ? unblock(each, { kind: 'deviation', id: deviation.id }, signedBy(command, context))
        : reject(each, deviation.id),
    ),
  ]);
}
