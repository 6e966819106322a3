import { describe, expect, test } from '@jest/globals';
import { reportsOwed } from '../alerts/reporting-clocks.js';
import { ofReport } from '../annulling/report.js';
import { Things } from '../annulling/things.js';
import type { Command } from '../commands/command.js';
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
import { localId } from '../values/identifiers.js';
import { addMinutes, isLate } from '../values/time.js';
import type { ReportableKind } from '../values/words.js';
import { recordOf } from './annul-record.fixture.js';
import { decideOpenReportableEvent } from './open-reportable-event.js';
import { decideRecordReport } from './record-report.js';

type LateReason = NonNullable<Command<unknown>['lateReason']>;

const HOUR = 60;
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const safetyOfficer = actor('manufacturer.safety-officer', 'ManufacturerMSP', 'safety-officer');
const eventIn = ({ changes }: { readonly changes: readonly { readonly noun: string }[] }) =>
  changes.find((each): each is ReportableEvent => each.noun === 'reportable-event');

function open(
  awareSince: string,
  existing?: ReportableEvent,
  kind: ReportableKind = 'safety-report',
  by = nurse,
) {
  const body = { coi: COI, reportableEvent: 'event-1', kind, awareSince };
  const state = { definition: definition(), existing };
  return decideOpenReportableEvent(state, command(by.id, body), context(by));
}

function tell(
  event: ReportableEvent | undefined,
  report: string,
  at: string,
  clocks: Pick<ProcessDefinition, 'reportingClocks'> = {},
  told: { readonly transactionTime?: string; readonly lateReason?: LateReason } = {},
) {
  const body = { coi: COI, reportableEvent: 'event-1', report };
  const state = { therapy: therapy(), definition: { ...definition(), ...clocks }, event };
  const { transactionTime = at, lateReason } = told;
  const why = lateReason === undefined ? {} : { lateReason };
  const said = command(safetyOfficer.id, body, { at, ...why });
  const late = isLate(at, transactionTime);
  return decideRecordReport(state, said, context(safetyOfficer, { transactionTime, late }));
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
    expect(eventIn(open(before, event))).toMatchObject({ ...event, awareSince: before });
    expect(open(addMinutes(NOW, HOUR), event)).toMatchObject({ changes: [], effect: 'none' });
  });

  test('is of one kind, and another under its name deviates and is owed as an event of its own', () => {
    const event = eventIn(open(NOW));
    const { changes, deviations } = open(NOW, event, 'complaint');
    const other = eventIn({ changes });
    expect(other).toMatchObject({ kind: 'complaint', reports: [] });
    expect(other?.id).not.toBe(event?.id);
    expect(localId.safeParse(other?.id).success).toBe(true);
    expect(other && owed([other])).toMatchObject([{ named: { report: ['manufacturer'] } }]);
    expect(deviations).toMatchObject([
      { code: 'IDENTIFIER_TAKEN', expected: 'safety-report', found: 'complaint' },
    ]);
  });

  test('keeps the word of everybody who tells of it, and each once', () => {
    const event = eventIn(open(NOW));
    const told = eventIn(open(NOW, event, 'safety-report', safetyOfficer));
    expect(told).toMatchObject({
      awareSince: NOW,
      opened: { actor: nurse.id },
      toldToo: [{ actor: safetyOfficer.id, awareSince: NOW }],
    });
    const again = open(NOW, told, 'safety-report', safetyOfficer);
    expect(again).toMatchObject({ changes: [], effect: 'none' });
  });

  test('was reported late, when somebody says afterwards that they knew before', () => {
    const told = eventIn(tell(eventIn(open(NOW)), 'sponsor', addMinutes(NOW, HOUR)));
    expect(told?.reports).toMatchObject([{ overdueMinutes: 0 }]);
    const known = eventIn(open(addMinutes(NOW, -24 * HOUR), told));
    expect(known?.reports).toMatchObject([{ report: 'sponsor', overdueMinutes: 60 }]);
  });

  test('is reported when that is told, unless the entry says why it is late', () => {
    const event = eventIn(open(NOW));
    const [at, transactionTime] = [addMinutes(NOW, HOUR), addMinutes(NOW, 25 * HOUR)];
    const overdue = (lateReason?: LateReason) =>
      eventIn(
        tell(event, 'sponsor', at, {}, { transactionTime, ...(lateReason && { lateReason }) }),
      )?.reports[0]?.overdueMinutes;
    expect(overdue()).toBe(60);
    expect(overdue('ledger-unreachable')).toBe(0);
  });

  test('is owed still when the report was made before anybody knew of it, which deviates', () => {
    const event = eventIn(open(NOW));
    const { changes, deviations } = tell(event, 'sponsor', addMinutes(NOW, -5));
    expect(deviations).toMatchObject([{ code: 'BEFORE_ITS_SUBJECT' }]);
    const told = eventIn({ changes });
    expect(told && owed([told])).toMatchObject([{ named: { report: ['sponsor'] } }]);
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

  test('of a kind of which its process says nothing is owed as anywhere', () => {
    const reportingClocks = [{ kind: 'safety-report' as const, report: 'sponsor', hours: 1 }];
    const reports = (kind: ReportableKind) => {
      const event = eventIn(open(NOW, undefined, kind));
      return event && reportsOwed({ reportingClocks }, event).map(({ report }) => report);
    };
    expect(reports('safety-report')).toEqual(['sponsor']);
    expect(reports('data-breach')).toEqual(['supervisory-authority']);
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
