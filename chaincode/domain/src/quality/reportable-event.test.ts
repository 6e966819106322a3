import { describe, expect, test } from '@jest/globals';
import { ofReport } from '../annulling/report.js';
import { Things } from '../annulling/things.js';
import {
  actor,
  COI,
  command,
  context,
  definition,
  NOW,
  signed,
  therapy,
} from '../example.fixture.js';
import { honest } from '../graph/honest-therapy.fixture.js';
import { mattersOf } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { ReportableEvent } from '../nouns/reportable-event.js';
import { addMinutes } from '../values/time.js';
import type { ReportableKind } from '../values/words.js';
import { recordOf } from './annul-record.fixture.js';
import { decideOpenReportableEvent } from './open-reportable-event.js';
import { decideRecordReport } from './record-report.js';

const HOUR = 60;
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const safetyOfficer = actor('manufacturer.safety-officer', 'ManufacturerMSP', 'safety-officer');
const eventIn = ({ changes }: { readonly changes: readonly { readonly noun: string }[] }) =>
  changes.find((each): each is ReportableEvent => each.noun === 'reportable-event');

function open(
  awareSince: string,
  existing?: ReportableEvent,
  kind: ReportableKind = 'safety-report',
) {
  const body = { coi: COI, reportableEvent: 'event-1', kind, awareSince };
  return decideOpenReportableEvent({ existing }, command(nurse.id, body), context(nurse));
}

function tell(
  event: ReportableEvent | undefined,
  report: string,
  at: string,
  clocks: Pick<ProcessDefinition, 'reportingClocks'> = {},
) {
  const body = { coi: COI, reportableEvent: 'event-1', report };
  const state = { therapy: therapy(), definition: { ...definition(), ...clocks }, event };
  const said = command(safetyOfficer.id, body, { at });
  return decideRecordReport(state, said, context(safetyOfficer, { transactionTime: at }));
}

const owed = (reportableEvents: readonly ReportableEvent[]) =>
  waitsIn(mattersOf(honest(), { reportableEvents })).filter(
    ({ noun }) => noun === 'reportable-event',
  );

describe('a reportable event', () => {
  test('is owed to each in turn, within hours of first awareness and not of its entry', () => {
    const aware = addMinutes(NOW, -20 * HOUR);
    const event = eventIn(open(aware));
    expect(event).toMatchObject({ kind: 'safety-report', awareSince: aware, reports: [] });
    if (!event) return;
    expect(owed([event])).toMatchObject([
      { code: 'REPORT_OWED', since: aware, due: addMinutes(NOW, 4 * HOUR) },
    ]);
    const told = eventIn(tell(event, 'sponsor', addMinutes(NOW, 6 * HOUR)));
    expect(told?.reports).toMatchObject([{ report: 'sponsor', overdueMinutes: 120 }]);
    expect(told && owed([told])).toMatchObject([
      { due: addMinutes(aware, 7 * 24 * HOUR), named: { report: ['authority'] } },
    ]);
    const both = eventIn(tell(told, 'authority', NOW));
    expect(both && owed([both])).toMatchObject([{ due: addMinutes(aware, 15 * 24 * HOUR) }]);
    const all = eventIn(tell(both, 'authority-complete', NOW));
    expect(all && owed([all])).toEqual([]);
  });

  test('counts from whoever was aware first, and never from later than its entry', () => {
    const event = eventIn(open(addMinutes(NOW, 5 * HOUR)));
    expect(event?.awareSince).toBe(NOW);
    const before = addMinutes(NOW, -HOUR);
    expect(eventIn(open(before, event))).toEqual({ ...event, awareSince: before });
    expect(open(addMinutes(NOW, HOUR), event)).toMatchObject({ changes: [], effect: 'none' });
  });

  test('is of one kind, and another under its name deviates', () => {
    const event = eventIn(open(NOW));
    const { changes, deviations } = open(NOW, event, 'complaint');
    expect(eventIn({ changes })).toBeUndefined();
    expect(deviations).toMatchObject([
      { code: 'IDENTIFIER_TAKEN', expected: 'safety-report', found: 'complaint' },
    ]);
  });

  test.each([
    ['complaint', 'manufacturer', 24],
    ['suspected-falsification', 'authority', 24],
    ['field-safety-notice', 'physician', 24],
    ['data-breach', 'supervisory-authority', 72],
  ] as const)('of a %s is owed to %s within %i hours', (kind, report, hours) => {
    const event = eventIn(open(NOW, undefined, kind));
    const due = addMinutes(NOW, hours * HOUR);
    expect(event && owed([event])).toMatchObject([{ due, named: { report: [report] } }]);
  });

  test('goes by the hours of its process, and takes any further report', () => {
    const event = eventIn(open(NOW));
    const reportingClocks = [{ kind: 'safety-report' as const, report: 'sponsor', hours: 1 }];
    const late = addMinutes(NOW, 2 * HOUR);
    const told = eventIn(tell(event, 'sponsor', late, { reportingClocks }));
    expect(told?.reports).toMatchObject([{ overdueMinutes: 60 }]);
    const further = eventIn(tell(event, 'ethics-committee', late, { reportingClocks }));
    expect(further?.reports).toMatchObject([{ report: 'ethics-committee', overdueMinutes: 0 }]);
  });

  test('is owed still when its report was entered in error, and told once when that is said again', () => {
    const told = eventIn(tell(eventIn(open(NOW)), 'sponsor', NOW));
    expect(tell(told, 'sponsor', NOW)).toMatchObject({ changes: [], effect: 'none' });
    const commandId = told?.reports[0]?.command ?? '';
    const undo = ofReport === 'never' ? undefined : ofReport.undo;
    const record = recordOf('quality:RecordReport', safetyOfficer, { commandId });
    const undone = undo?.(record, new Things(told ? [told] : []), signed(safetyOfficer.id));
    const annulled = eventIn({ changes: undone?.changes ?? [] });
    expect(annulled?.reports).toMatchObject([{ annulled: { actor: safetyOfficer.id } }]);
    expect(annulled && owed([annulled])).toMatchObject([{ named: { report: ['sponsor'] } }]);
  });

  test('that nobody opened deviates when it is reported', () => {
    expect(tell(undefined, 'sponsor', NOW).deviations).toMatchObject([
      { code: 'UNKNOWN_SUBJECT', found: 'reportable-event event-1' },
    ]);
  });
});
