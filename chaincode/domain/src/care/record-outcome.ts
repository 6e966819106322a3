import { z } from 'zod';
import { ofOutcome } from '../annulling/care.js';
import { outcomeContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { coi, localId } from '../values/identifiers.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Outcome } from '../nouns/outcome.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';

const recordOutcomeBody = z.strictObject({ coi, outcome: localId });

export const recordOutcome = defineFact({
  type: 'care:RecordOutcome',
  roles: ['clinician', 'safety-officer', 'payer'],
  signature: 'delegable',
  annexes: [{ name: 'outcome', required: true, content: outcomeContent }],
  body: recordOutcomeBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    existing: await reader.get('outcome', { coi: body.coi, id: body.outcome }),
  }),
  standing: ({ therapy }, { body: { coi } }, context) =>
    alarmUnless(ofParty(therapy, context), { subject: { kind: 'therapy', coi }, claim: 'other' }),
  annulling: ofOutcome,
  decide: decideOutcome,
});

/** A follow-up of the patient. The ledger keeps the commitment only: of what kind it is may tell what became of them. */
export function decideOutcome(
  state: { readonly therapy: Therapy; readonly existing: Outcome | undefined },
  command: Command<z.infer<typeof recordOutcomeBody>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  if (state.existing) {
    const finding = {
      code: 'IDENTIFIER_TAKEN',
      classification: 'minor',
      found: body.outcome,
    } as const;
    return recording.deviate(finding).done();
  }
  return recording
    .put({
      noun: 'outcome',
      coi: body.coi,
      id: body.outcome,
      commitment: command.annex?.['outcome'] ?? '',
      reported: signedBy(command, context),
    })
    .done();
}
