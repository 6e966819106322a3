import { reportsOwed } from '../alerts/reporting-clocks.js';
import { ofOrganisation } from './asked.js';
import type { Matters } from './matters.js';
import type { Wait } from './wait.js';

/** The next report that each reportable event is owed: quality or the safety officer tells whom it is for. */
export function reportsOwedIn(matters: Matters): readonly Wait[] {
  const { definition, therapy } = matters.whole;
  return matters.reportableEvents.flatMap((event): readonly Wait[] => {
    const [owed] = reportsOwed(definition, event);
    if (!owed) return [];
    const roles = ['quality', 'safety-officer'] as const;
    return [
      {
        state: 'stopped',
        noun: 'reportable-event',
        subject: `reportable-event ${event.id}`,
        code: 'REPORT_OWED',
        options: ofOrganisation(matters, 'quality:RecordReport', roles, therapy.quality),
        since: event.awareSince,
        due: owed.due,
        named: { report: [owed.report] },
      },
    ];
  });
}
