import { failuresIn, stands } from '../account/failures.js';
import { type Clause, EVERY_GATE } from './clause.js';
import { ofRuns } from './runs.js';

/** A check that failed in one attempt stays failed when a later attempt passes; a run without controls is no result. */
export const C1: Clause = {
  id: 'C1',
  gates: EVERY_GATE,
  forbids: (matter) => [
    ...failuresIn(matter)
      .filter(({ as, late, verdict }) => as === 'other-attempt' && !late && verdict === 'fail')
      .filter((each) => stands(matter, each))
      .map(({ check, report }) => `${report.body.step} ${report.body.attempt}: ${check} failed`),
    ...ofRuns(matter, 'no-result'),
    ...ofRuns(matter, 'unconfirmed'),
  ],
};
