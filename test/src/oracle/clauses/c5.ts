import { failuresIn, stands } from '../account/failures.js';
import type { Clause } from './clause.js';

/** A batch's tests are a set: every attempt on its fill counts, whichever batch its client names. */
export const C5: Clause = {
  id: 'C5',
  gates: ['review', 'certification', 'dose'],
  forbids: (matter) =>
    failuresIn(matter)
      .filter(({ as, late, verdict }) => as === 'other-test' && !late && verdict === 'fail')
      .filter((each) => stands(matter, each))
      .map(({ check, report }) => `${report.body.step} ${report.body.attempt}: ${check} failed`),
};
