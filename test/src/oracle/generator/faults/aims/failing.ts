import type { Spoken, Value } from '../../spoken.js';
import { resultsOf } from '../contradict.js';

/** The same report with one result out of its limits. */
export function failing(report: Spoken, check: string, value: Value): Spoken {
  const results = resultsOf(report.annexes).map((each) =>
    each['check'] === check ? { ...each, value } : each,
  );
  return { ...report, annexes: { ...report.annexes, results: { results } } };
}
