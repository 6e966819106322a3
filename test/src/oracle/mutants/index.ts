import { BEDSIDE } from './bedside.js';
import { CHAIN } from './chain.js';
import { CHECKS } from './checks.js';
import { CONSENT } from './consent.js';
import { EVIDENCE } from './evidence.js';
import { IRREVERSIBLE } from './irreversible.js';
import type { Mutant } from './mutant.js';
import { OPEN_TESTS } from './open-tests.js';
import { ORDER_LINES } from './order-lines.js';
import { PEOPLE } from './people.js';
import { PRODUCT } from './product.js';
import { REACH } from './reach.js';
import { RECORDS } from './records.js';
import { REPORTS } from './reports.js';
import { WORDS } from './words.js';

/** Every mutant, in the order of the sentences. */
export const MUTANTS: readonly Mutant[] = [
  ...[CHAIN, PRODUCT, OPEN_TESTS, BEDSIDE, ORDER_LINES, CONSENT, IRREVERSIBLE, WORDS],
  ...[EVIDENCE, CHECKS, REPORTS, REACH, PEOPLE, RECORDS],
]
  .flat()
  .toSorted((one, other) => (one.id < other.id ? -1 : 1));

/**
 * The mutant of a name.
 * @throws Error when there is none
 */
export function mutantOf(id: string): Mutant {
  const mutant = MUTANTS.find((each) => each.id === id);
  if (mutant) return mutant;
  throw new Error(`there is no mutant ${id}`);
}
