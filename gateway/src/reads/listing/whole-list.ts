import type { Listing, Placed } from './listing.js';

/**
 * A list that the ledger answers as a whole. What is added between two pages is in neither twice, and in the second
 * where it comes after the first one's last item.
 * @param placeOf a text of its own for each item, in whose order (by code unit) the list is given
 */
export function wholeList<T>(
  read: () => Promise<readonly T[]>,
  placeOf: (item: T) => string,
): Listing<T> {
  return async function* (after) {
    const placed = (await read()).map((item): Placed<T> => ({ item, place: placeOf(item) }));
    placed.sort((left, right) => (left.place < right.place ? -1 : 1));
    for (const each of placed) if (after === undefined || each.place > after) yield each;
  };
}
