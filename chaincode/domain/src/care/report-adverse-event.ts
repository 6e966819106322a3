import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import type { AdverseEvent } from '../nouns/adverse-event.js';
import type { Dose } from '../nouns/dose.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { coi, instant, localId } from '../values/identifiers.js';
import { STAFF_ROLES } from '../values/roles.js';
import { milliseconds } from '../values/time.js';
import { seriousness } from '../values/words.js';
import { alarmUnless } from '../standing/claim.js';
import { anybodyWhoMeetsThePatient } from '../standing/people.js';

const reportAdverseEventBody = z.strictObject({
  coi,
  adverseEvent: localId,
  onset: instant,
  dose: localId.optional(),
});

/**
 * What was seen and how serious it is, which only the therapy's parties read and no ledger keeps: a death is nobody else's
 * to know.
 */
const descriptionContent = z.strictObject({
  seriousness,
  description: z.string().min(1).max(8192),
});

export const reportAdverseEvent = defineFact({
  type: 'care:ReportAdverseEvent',
  roles: ['patient', ...STAFF_ROLES],
  signature: 'delegable',
  annexes: [{ name: 'description', required: true, content: descriptionContent }],
  body: reportAdverseEventBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    existing: await reader.get('adverse-event', { coi: body.coi, id: body.adverseEvent }),
    dose:
      body.dose === undefined
        ? undefined
        : await reader.get('dose', { coi: body.coi, id: body.dose }),
  }),
  standing: ({ therapy }, { body: { coi } }, context) =>
    alarmUnless(anybodyWhoMeetsThePatient(therapy, context), {
      subject: { kind: 'therapy', coi },
      claim: 'other',
    }),
  annulling: 'never',
  decide: decideAdverseEvent,
});

/**
 * Somebody who meets the patient, or the patient, saw something untoward. It alerts whoever listens, and stops nothing,
 * not even told late or twice: whoever wants something stopped says so by a hold. A dose that the ledger does not know,
 * and an onset after the report, are told as they were said.
 */
export function decideAdverseEvent(
  state: {
    readonly therapy: Therapy;
    readonly existing: AdverseEvent | undefined;
    /** after which it began, by the reporter's word */
    readonly dose: Dose | undefined;
  },
  command: Command<z.infer<typeof reportAdverseEventBody>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  if (state.existing) {
    const found = body.adverseEvent;
    return recording.deviate({ code: 'IDENTIFIER_TAKEN', classification: 'minor', found }).done();
  }
  if (body.dose !== undefined && !state.dose) {
    recording.deviate({ code: 'UNKNOWN_DOSE', classification: 'minor', found: body.dose });
  }
  if (milliseconds(body.onset) > milliseconds(command.at)) {
    const [expected, found] = [`at ${command.at} or before`, body.onset];
    recording.deviate({ code: 'ONSET_AFTER_REPORT', classification: 'minor', expected, found });
  }
  return recording
    .put({
      noun: 'adverse-event',
      coi: body.coi,
      id: body.adverseEvent,
      onset: body.onset,
      ...(body.dose === undefined ? {} : { dose: body.dose }),
      commitment: command.annex?.['description'] ?? '',
      reported: signedBy(command, context),
    })
    .done();
}
