import { failuresIn, stands } from '../account/failures.js';
import { type Clause, EVERY_GATE } from './clause.js';

/** A check that failed in one attempt stays failed when a later attempt passes. */
export const C1: Clause = {
  id: 'C1',
  gates: EVERY_GATE,
  forbids: (matter) =>
    failuresIn(matter)
      .filter(({ as, late, verdict }) => as === 'other-attempt' && !late && verdict === 'fail')
      .filter((each) => stands(matter, each))
      .map(({ check, report }) => `${report.body.step} ${report.body.attempt}: ${check} failed`),
};
