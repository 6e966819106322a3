import { failuresIn, isFinal } from './account/failures.js';
import type { Decision } from './account/going-on.js';
import { untestedBy } from './clauses/a3-tests.js';
import { LAPSED } from './clauses/a8.js';
import { releaseTests } from './definition.js';
import type { Matter } from './matter.js';

/**
 * The sentences that stop two people too who decide after what cannot be undone (A10): identity, certification, recall,
 * compromise, consent; and those that speak of no block of a thing: the bedside, the order line, alarms, standing. Of what A3
 * asks, a test without a result that looks at neither identity nor safety is decided on.
 */
const STOPPING = ['A1', 'A3', 'A5', 'A6', 'A7', 'A8', 'A10', 'B1', 'B2', 'C2', 'D2', 'D3'];

/** Those that tell of failed checks of any class. */
const OF_CHECKS = ['C1', 'C3', 'C5'];

/** Whether two people may decide on what stands against a product, clause by clause, in the words of one of them. */
export function decidable(
  matter: Matter,
  { body }: Decision,
): (id: string, why: string) => boolean {
  const final = failuresIn(matter)
    .filter(isFinal)
    .map(({ report, check }) => `${report.body.step} ${report.body.attempt}: ${check} `);
  const ofQuality = releaseTests(matter.therapy.definition)
    .filter(({ checks }) => !checks.some(isFinal))
    .map(untestedBy);
  return (id, why) => {
    if (id === 'A3') return ofQuality.some((end) => why.endsWith(end));
    if (id === 'A8') return body.continueAfterLapse && why.endsWith(LAPSED);
    if (OF_CHECKS.includes(id)) return !final.some((beginning) => why.startsWith(beginning));
    return !STOPPING.includes(id);
  };
}
