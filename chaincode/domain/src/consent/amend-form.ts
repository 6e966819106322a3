import { z } from 'zod';
import { consortiumScope, type Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { FormAmendment } from '../nouns/form-amendment.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { everybodyEntitled } from '../standing/refuse.js';
import { code, instant, version } from '../values/identifiers.js';
import { purpose, PURPOSES } from '../values/words.js';
import { reasonsOfPeriod } from './period.js';

const amendFormBody = z.strictObject({
  form: code,
  version,
  /** whoever agreed to one of these versions is concerned */
  from: z.array(version).min(1).max(64),
  clauses: z.array(code).min(1).max(64),
  deadline: instant,
  continues: z.array(purpose).max(PURPOSES.length),
});

export const amendForm = definePermission({
  type: 'consent:AmendForm',
  roles: ['clinician', 'quality'],
  signature: 'own',
  annexes: [],
  body: amendFormBody,
  scope: consortiumScope,
  reads: async (reader, { body: { form, version: id } }, { actor: { organisation } }) => ({
    existing: await reader.get('form-amendment', { organisation, form, version: id }),
  }),
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideAmendForm,
});

/**
 * A hospital's form is amended: the consents of its patients on the versions before need a new one. What the amendment
 * lets continue does so until its deadline, everything else waits. It is computed of each consent, and written into none.
 */
export function decideAmendForm(
  { existing }: { readonly existing: FormAmendment | undefined },
  command: Command<z.infer<typeof amendFormBody>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const subject = `form ${body.form} ${body.version}`;
  const reasons: Reason[] = [
    ...reasonsOfPeriod({ validUntil: body.deadline }, subject, context.transactionTime),
  ];
  if (existing) reasons.push({ code: 'IDENTIFIER_TAKEN', subject });
  if (body.from.includes(body.version)) {
    reasons.push({ code: 'NOTHING_CHANGES', subject, found: body.version });
  }
  const { organisation } = context.actor;
  return permitUnless(reasons, () => [
    { noun: 'form-amendment', organisation, ...body, amended: signedBy(command, context) },
  ]);
}
