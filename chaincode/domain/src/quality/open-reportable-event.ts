import { z } from 'zod';
import { overdueOf } from '../alerts/reporting-clocks.js';
import { explanationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { ReportableEvent } from '../nouns/reportable-event.js';
import { effectiveOf, isOwnSignature, signedBy } from '../nouns/signed.js';
import { alarmUnless } from '../standing/claim.js';
import { anybodyWhoMeetsThePatient } from '../standing/people.js';
import { coi, instant, localId } from '../values/identifiers.js';
import { STAFF_ROLES } from '../values/roles.js';
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
  roles: ['patient', ...STAFF_ROLES],
  signature: 'delegable',
  annexes: [{ name: 'explanation', required: true, content: explanationContent }],
  body: openReportableEventBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const { definition } = await reader.processOf(therapy);
    const named = { coi: body.coi, id: body.reportableEvent };
    return { therapy, definition, existing: await reader.get('reportable-event', named) };
  },
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
 * wants something stopped reports a deviation or places a hold. Who knew of it too says so of the same event, which can only
 * bring its clocks forward; what is of another kind under its name is an event of its own, under the command's id.
 */
export function decideOpenReportableEvent(
  state: {
    readonly definition: Pick<ProcessDefinition, 'reportingClocks'>;
    readonly existing: ReportableEvent | undefined;
  },
  command: Command<z.infer<typeof openReportableEventBody>>,
  context: Context,
): FactDecision {
  const { existing } = state;
  const { coi: ofTherapy, reportableEvent, kind, awareSince: said } = command.body;
  const recording = new Recording(command, context);
  const opened = signedBy(command, context);
  const awareSince = earlier(said, effectiveOf(opened));
  const explanation = command.annex?.['explanation'] ?? '';
  const word = { awareSince, explanation };
  if (existing?.kind === kind) {
    const event = toldToo(state.definition, existing, { ...opened, ...word }, context);
    return event ? recording.put(event).done() : saidAgain();
  }
  const id = existing ? `E1.${command.id}` : reportableEvent;
  if (existing) {
    const [expected, found] = [existing.kind, kind];
    recording.deviate({ code: 'IDENTIFIER_TAKEN', classification: 'minor', expected, found });
  }
  const event = { coi: ofTherapy, id, kind, ...word, opened, reports: [] };
  return recording.put({ noun: 'reportable-event', ...event }).done();
}

/** The event with the word of who told of it too; undefined where the same person knew of it no earlier. */
function toldToo(
  definition: Pick<ProcessDefinition, 'reportingClocks'>,
  event: ReportableEvent,
  word: NonNullable<ReportableEvent['toldToo']>[number],
  context: Context,
): ReportableEvent | undefined {
  const { opened, toldToo: before = [], reports } = event;
  const awareSince = earlier(event.awareSince, word.awareSince);
  const isOwn = [opened, ...before].some((each) => isOwnSignature(each, context));
  if (isOwn && awareSince === event.awareSince) return undefined;
  const known = { ...event, awareSince };
  return {
    ...known,
    toldToo: [...before, word],
    reports: reports.map((each) => {
      const { report, at, held = at } = each;
      return { ...each, overdueMinutes: overdueOf(definition, known, { report, held }) };
    }),
  };
}
