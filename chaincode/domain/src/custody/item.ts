import type { CustodyState } from '../values/words.js';
import type { Item } from '../nouns/item.js';

/** An item's state by its own record alone: a thing that may not be used is quarantined wherever it is. */
export function stateOf(item: Item): CustodyState | 'quarantined' {
  const tangible = item.custody === 'in-custody' || item.custody === 'in-transit';
  return tangible && item.blockers.length > 0 ? 'quarantined' : item.custody;
}

/** Whether the thing still exists and is somewhere. */
export function isTangible(item: Item): boolean {
  return item.custody === 'in-custody' || item.custody === 'in-transit';
}
