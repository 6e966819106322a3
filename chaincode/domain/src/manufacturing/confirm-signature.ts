import { z } from 'zod';
import { ofSignature } from '../annulling/quality.js';
import { investigationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { coi, digest } from '../values/identifiers.js';
import type { CommandRecord } from '../nouns/record.js';
import type { Reason } from '../nouns/reason.js';
import type { Suspect } from '../registry/suspicion.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { confirmationBasis } from '../values/words.js';
import { findSuspects } from '../registry/suspects.js';
import { statementOfRecord } from '../graph/statements.js';
import { onlyQuality } from '../standing/refuse.js';

const confirmSignatureBody = z.strictObject({ coi, command: digest, basis: confirmationBasis });

export const confirmSignature = definePermission({
  type: 'manufacturing:ConfirmSignature',
  roles: ['quality'],
  signature: 'own',
  annexes: [{ name: 'investigation', required: false, content: investigationContent }],
  body: confirmSignatureBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const record = await reader.record(body.command);
    const statements = record ? [statementOfRecord(record)] : [];
    return { therapy, record, suspects: await findSuspects(reader, body.coi, statements) };
  },
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: ofSignature,
  decide: decideConfirmSignature,
});

export interface ConfirmState {
  readonly therapy: Therapy;
  readonly record: CommandRecord | undefined;
  /** the command as a suspect, when it is one; one that a standing confirmation covers is none */
  readonly suspects: readonly Suspect[];
}

/**
 * Quality confirms on other evidence what was signed with compromised keys, so that a therapy can go on. Nobody confirms
 * their own signature, and nobody a patient's: a patient gives consent again.
 */
export function decideConfirmSignature(
  state: ConfirmState,
  command: Command<z.infer<typeof confirmSignatureBody>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { record } = state;
  const subject = `command ${body.command}`;
  if (!record) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_COMMAND', subject }] };
  const reasons: Reason[] = [...scopeReasons(record, state.therapy, subject)];
  if (state.suspects.length === 0) reasons.push({ code: 'NOT_SUSPECT', subject });
  if (isOwnSignature(record, context)) {
    reasons.push({
      code: 'SAME_PERSON',
      subject,
      expected: 'another person than who signed it',
      found: context.principal,
    });
  }
  return permitUnless(reasons, () => [
    {
      noun: 'confirmation',
      coi: body.coi,
      id: body.command,
      basis: body.basis,
      confirmed: signedBy(command, context),
    },
  ]);
}

function scopeReasons(
  { scope }: CommandRecord,
  therapy: Therapy,
  subject: string,
): readonly Reason[] {
  if (scope.kind === 'therapy' && scope.id !== therapy.coi) {
    return [{ code: 'FOREIGN_SUBJECT', subject, expected: therapy.coi, found: 'another therapy' }];
  }
  if (scope.kind === 'patient') {
    return [{ code: 'PATIENTS_OWN_WORD', subject, expected: "the patient's new signature" }];
  }
  return scope.kind === 'consortium' ? [{ code: 'NOT_OF_A_THERAPY', subject }] : [];
}
