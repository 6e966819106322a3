import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { ReportableEvent } from '../nouns/reportable-event.js';
import { REPORTING_CLOCKS } from '../nouns/reporting-clock.js';
import { addMinutes, milliseconds } from '../values/time.js';

/** A report that is owed of an event, and until when, RFC 3339. */
export interface OwedReport {
  readonly report: string;
  readonly due: string;
}

/** Every report that an event asks for, told or not, the earliest first: its clocks run from first awareness. */
export function reportsOf(
  { reportingClocks = REPORTING_CLOCKS }: Pick<ProcessDefinition, 'reportingClocks'>,
  { kind, awareSince }: Pick<ReportableEvent, 'kind' | 'awareSince'>,
): readonly OwedReport[] {
  return reportingClocks
    .filter((clock) => clock.kind === kind)
    .map(({ report, hours }) => ({ report, due: addMinutes(awareSince, hours * 60) }))
    .sort((one, other) => milliseconds(one.due) - milliseconds(other.due));
}

/** The reports that nobody has made yet. */
export function reportsOwed(
  definition: Pick<ProcessDefinition, 'reportingClocks'>,
  event: ReportableEvent,
): readonly OwedReport[] {
  const made = new Set(event.reports.flatMap(({ report, annulled }) => (annulled ? [] : [report])));
  return reportsOf(definition, event).filter(({ report }) => !made.has(report));
}
