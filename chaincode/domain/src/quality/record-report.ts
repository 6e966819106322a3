import { z } from 'zod';
import { overdueOf } from '../alerts/reporting-clocks.js';
import { ofReport } from '../annulling/report.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { heldOf } from '../commands/held.js';
import { isSaidAgain } from '../custody/said.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { ReportableEvent } from '../nouns/reportable-event.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { code, coi, localId } from '../values/identifiers.js';
import { later } from '../values/time.js';

const recordReportBody = z.strictObject({
  coi,
  reportableEvent: localId,
  /** which of the reports that are owed, or another one */
  report: code,
});

export const recordReport = defineFact({
  type: 'quality:RecordReport',
  roles: ['quality', 'release-person', 'safety-officer'],
  signature: 'delegable',
  annexes: [],
  body: recordReportBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const { definition } = await reader.processOf(therapy);
    const named = { coi: body.coi, id: body.reportableEvent };
    return { therapy, definition, event: await reader.get('reportable-event', named) };
  },
  standing: ({ therapy }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  annulling: ofReport,
  decide: decideRecordReport,
});

/**
 * Somebody outside was told of a reportable event; the command's `at` says when. How late that was, from first awareness
 * on, stands in it, also when somebody tells later that they were aware before.
 */
export function decideRecordReport(
  state: {
    readonly therapy: Therapy;
    readonly definition: ProcessDefinition;
    readonly event: ReportableEvent | undefined;
  },
  command: Command<z.infer<typeof recordReportBody>>,
  context: Context,
): FactDecision {
  const { therapy, definition, event } = state;
  const { reportableEvent: id, report } = command.body;
  const by = signedBy(command, context);
  const again = event?.reports.some(
    (each) =>
      !each.annulled &&
      isSaidAgain(
        { by: each, words: { report: each.report, at: each.at } },
        { report, at: by.at },
        context,
      ),
  );
  if (again === true) return saidAgain();
  const recording = new Recording(command, context);
  if (!event) {
    const found = `reportable-event ${id}`;
    return recording
      .about(therapy)
      .deviate({ code: 'UNKNOWN_SUBJECT', classification: 'minor', found }, therapy)
      .done();
  }
  const held = heldOf(command, context);
  const overdueMinutes = overdueOf(definition, event, { report, held });
  const reports = [...event.reports, { ...by, report, held, overdueMinutes }];
  return recording
    .about(therapy, later(effectiveOf(therapy.ordered), event.awareSince))
    .put({ ...event, reports })
    .done();
}
