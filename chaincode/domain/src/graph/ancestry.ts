import type { Batch } from '../nouns/batch.js';
import type { Dataset } from '../nouns/dataset.js';
import type { Design } from '../nouns/design.js';
import type { Item } from '../nouns/item.js';
import type { Lot } from '../nouns/lot.js';
import type { StepAttempt } from '../nouns/step.js';
import type { Link } from './links.js';

/** Everything that something was made of, found by following what its own records name. */
export interface Ancestry {
  readonly items: readonly Item[];
  readonly attempts: readonly StepAttempt[];
  readonly datasets: readonly Dataset[];
  readonly designs: readonly Design[];
  readonly batches: readonly Batch[];
  readonly lots: readonly Lot[];
  /** what was asked about: not upstream of itself, and not free of its own troubles */
  readonly asked?: readonly Link[];
  /** names of what a record names and the ledger does not hold: the links that are broken */
  readonly missing: readonly string[];
  /** names of items of other patients' therapies */
  readonly foreign: readonly string[];
  /** names of what is made of itself */
  readonly circular: readonly string[];
}

/** The samples at the beginning of an ancestry. */
export function collectionsIn(ancestry: Ancestry): readonly Item[] {
  return ancestry.items.filter(({ collected }) => collected !== undefined);
}
