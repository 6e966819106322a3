import { CHAIN } from './chain.js';
import { DOSE } from './dose.js';
import type { Mutant } from './mutant.js';
import { WORDS } from './words.js';

/** Every mutant, in the order of the sentences. */
export const MUTANTS: readonly Mutant[] = [...CHAIN, ...DOSE, ...WORDS].toSorted((one, other) =>
  one.id < other.id ? -1 : 1,
);
