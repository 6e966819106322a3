import { z } from 'zod';
import { ofArm } from '../annulling/arm.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { alarmUnless } from '../standing/claim.js';
import { ofUnblindedGroup } from '../standing/people.js';
import { code, coi } from '../values/identifiers.js';
import { UNBLINDED_ROLES } from '../values/roles.js';

const assignArmBody = z.strictObject({ coi });

/** The arm, which no endorser is told: nothing that the ledger decides can depend on it. */
const armContent = z.strictObject({ arm: code });

export const assignArm = defineFact({
  type: 'therapy:AssignArm',
  roles: UNBLINDED_ROLES,
  signature: 'own',
  annexes: [{ name: 'arm', required: true, content: armContent, kept: true }],
  body: assignArmBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const { definition } = await reader.processOf(therapy);
    return { therapy, definition };
  },
  standing: ({ therapy, definition }, { body }, context) =>
    alarmUnless(ofUnblindedGroup(therapy, definition.blinding, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  annulling: ofArm,
  decide: decideAssignArm,
});

export interface AssignArmState {
  readonly therapy: Therapy;
  readonly definition: Pick<ProcessDefinition, 'blinding'>;
}

/**
 * Somebody of the unblinded group assigns the patient to an arm of a blinded therapy, once. Another assignment contradicts
 * it, whatever it says: the first stands, and nothing goes on until quality has looked at it.
 */
export function decideAssignArm(
  { therapy, definition: { blinding } }: AssignArmState,
  command: Command<z.infer<typeof assignArmBody>>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context).about(therapy);
  const { arm, process } = therapy;
  if (!blinding) {
    const [expected, found] = ['a process that is blinded', `${process.id} ${process.version}`];
    const finding = { code: 'NOT_BLINDED', classification: 'minor' } as const;
    return recording.deviate({ ...finding, expected, found }).done();
  }
  const commitment = command.annex?.['arm'] ?? '';
  if (arm) {
    const finding = { code: 'ARM_ASSIGNED_TWICE', classification: 'major' } as const;
    const [expected, found] = [arm.commitment, commitment];
    return recording.deviate({ ...finding, expected, found }, therapy).done();
  }
  const { unblindedGroup } = blinding;
  const assigned = signedBy(command, context);
  return recording.put({ ...therapy, arm: { commitment, unblindedGroup, assigned } }).done();
}
