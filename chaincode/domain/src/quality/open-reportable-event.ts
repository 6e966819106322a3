import { z } from 'zod';
import { explanationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import type { ReportableEvent } from '../nouns/reportable-event.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import { alarmUnless } from '../standing/claim.js';
import { anybodyWhoMeetsThePatient } from '../standing/people.js';
import { coi, instant, localId } from '../values/identifiers.js';
import { ROLES } from '../values/roles.js';
import { earlier } from '../values/time.js';
import { reportableKind } from '../values/words.js';

const openReportableEventBody = z.strictObject({
  coi,
  reportableEvent: localId,
  kind: reportableKind,
  /** when the reporter, or whoever told them, first knew of it */
  awareSince: instant,
});

export const openReportableEvent = defineFact({
  type: 'quality:OpenReportableEvent',
  roles: ROLES.filter((role) => role !== 'auditor' && role !== 'registrar'),
  signature: 'delegable',
  annexes: [{ name: 'explanation', required: true, content: explanationContent }],
  body: openReportableEventBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    existing: await reader.get('reportable-event', { coi: body.coi, id: body.reportableEvent }),
  }),
  standing: ({ therapy }, { body }, context) =>
    alarmUnless(anybodyWhoMeetsThePatient(therapy, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  annulling: 'never',
  decide: decideOpenReportableEvent,
});

/**
 * Somebody knows of what is owed to somebody outside within hours. It stops nothing by itself, not even told late: whoever
 * wants something stopped reports a deviation or places a hold. Who knew of it before says so of the same event, which
 * can only bring its clocks forward.
 */
export function decideOpenReportableEvent(
  { existing }: { readonly existing: ReportableEvent | undefined },
  command: Command<z.infer<typeof openReportableEventBody>>,
  context: Context,
): FactDecision {
  const { coi: ofTherapy, reportableEvent: id, kind, awareSince: said } = command.body;
  const recording = new Recording(command, context);
  const opened = signedBy(command, context);
  if (existing && existing.kind !== kind) {
    const [expected, found] = [existing.kind, kind];
    const finding = { code: 'IDENTIFIER_TAKEN', classification: 'minor' } as const;
    return recording.deviate({ ...finding, expected, found }).done();
  }
  const awareSince = earlier(said, effectiveOf(opened));
  if (!existing) {
    const explanation = command.annex?.['explanation'] ?? '';
    const event = { coi: ofTherapy, id, kind, awareSince, explanation, opened, reports: [] };
    return recording.put({ noun: 'reportable-event', ...event }).done();
  }
  const first = earlier(existing.awareSince, awareSince);
  if (first === existing.awareSince) return saidAgain();
  return recording.put({ ...existing, awareSince: first }).done();
}
