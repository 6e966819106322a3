import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { ReportableEvent } from '../nouns/reportable-event.js';
import { REPORTING_CLOCKS } from '../nouns/reporting-clock.js';
import { addMinutes, isBefore, milliseconds, minutesAfter } from '../values/time.js';

type Clocks = Pick<ProcessDefinition, 'reportingClocks'>;

/** A report that is owed of an event, and until when, RFC 3339. */
export interface OwedReport {
  readonly report: string;
  readonly due: string;
}

/**
 * Every report that an event asks for, told or not, the earliest first: its clocks run from first awareness. Of a kind of
 * which its process says nothing, those are owed that are owed anywhere.
 */
export function reportsOf(
  { reportingClocks = [] }: Clocks,
  { kind, awareSince }: Pick<ReportableEvent, 'kind' | 'awareSince'>,
): readonly OwedReport[] {
  const own = reportingClocks.filter((clock) => clock.kind === kind);
  const clocks = own.length > 0 ? own : REPORTING_CLOCKS.filter((clock) => clock.kind === kind);
  return clocks
    .map(({ report, hours }) => ({ report, due: addMinutes(awareSince, hours * 60) }))
    .sort((one, other) => milliseconds(one.due) - milliseconds(other.due));
}

/** The reports that nobody has made yet; what was reported before anybody knew of the event was of something else. */
export function reportsOwed(
  definition: Clocks,
  event: Pick<ReportableEvent, 'kind' | 'awareSince' | 'reports'>,
): readonly OwedReport[] {
  const made = event.reports.filter(
    ({ at, annulled }) => !annulled && !isBefore(at, event.awareSince),
  );
  return reportsOf(definition, event).filter(
    (owed) => !made.some(({ report }) => report === owed.report),
  );
}

/**
 * By how many whole minutes a report came after its time was over; 0 for one that nobody is owed.
 * @param held what counts against the clock, RFC 3339
 */
export function overdueOf(
  definition: Clocks,
  event: Pick<ReportableEvent, 'kind' | 'awareSince'>,
  { report, held }: { readonly report: string; readonly held: string },
): number {
  const owed = reportsOf(definition, event).find((each) => each.report === report);
  return owed ? minutesAfter(owed.due, held) : 0;
}
