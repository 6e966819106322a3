import { failuresIn, stands } from '../account/failures.js';
import type { Clause } from './clause.js';

/** A result reported after certification works as one before. */
export const C3: Clause = {
  id: 'C3',
  gates: ['dose'],
  forbids: (matter) =>
    failuresIn(matter)
      .filter(({ late, verdict, as }) => late && (verdict === 'fail' || as === 'upstream'))
      .filter((each) => stands(matter, each))
      .map(
        ({ check, report }) => `${report.body.step} ${report.body.attempt}: ${check} failed late`,
      ),
};
