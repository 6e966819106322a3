import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import type { Denial } from '../nouns/denial.js';
import { principalOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { lineNumber } from '../therapy/order-line-body.js';
import { coi, localId } from '../values/identifiers.js';
import { reasonOfDenial } from '../values/words.js';

const reportDenialBody = z.strictObject({ coi, denial: localId, dose: lineNumber.optional() });

/** Why, which tells of the patient's illness and contract, and is for the therapy's parties. */
const denialContent = z.strictObject({ reason: reasonOfDenial });

export const reportDenial = defineFact({
  type: 'billing:ReportDenial',
  roles: ['payer'],
  signature: 'delegable',
  annexes: [{ name: 'denial', required: true, content: denialContent }],
  body: reportDenialBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    existing: await reader.get('denial', { coi: body.coi, id: body.denial }),
  }),
  standing: ({ therapy }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  annulling: 'never',
  decide: decideReportDenial,
});

/** A payer does not pay. It stops nothing: whether a patient is treated is no payer's decision. */
export function decideReportDenial(
  { existing }: { readonly therapy: Therapy; readonly existing: Denial | undefined },
  command: Command<z.infer<typeof reportDenialBody>>,
  context: Context,
): FactDecision {
  const { coi: ofTherapy, denial, dose } = command.body;
  if (existing && principalOf(existing.reported) === context.principal) return saidAgain();
  const recording = new Recording(command, context);
  if (existing) {
    const finding = { code: 'IDENTIFIER_TAKEN', classification: 'minor' } as const;
    return recording.deviate({ ...finding, found: denial }).done();
  }
  return recording
    .put({
      noun: 'denial',
      ...{ coi: ofTherapy, id: denial, payer: context.actor.organisation },
      ...(dose === undefined ? {} : { dose }),
      commitment: command.annex?.['denial'] ?? '',
      reported: signedBy(command, context),
    })
    .done();
}
