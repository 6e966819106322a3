import type { Listing } from './listing.js';

/** How many items the ledger is asked for at once. */
const READ_SIZE = 200;

/** Part of a range as a contract answers it; an empty bookmark ends the range. */
export interface BookmarkedPage<T> {
  readonly items: readonly T[];
  readonly bookmark: string;
}

/** A list that the ledger answers page by page, each from the bookmark of the one before. */
export function bookmarkedList<T>(
  read: (size: number, bookmark: string) => Promise<BookmarkedPage<T>>,
): Listing<T> {
  return async function* (after = '0 ') {
    let { bookmark, taken } = readPlace(after);
    for (;;) {
      const page = await read(READ_SIZE, bookmark);
      for (const [index, item] of page.items.entries()) {
        if (index >= taken) yield { item, place: `${index + 1} ${bookmark}` };
      }
      if (page.bookmark === '') return;
      bookmark = page.bookmark;
      taken = 0;
    }
  };
}

/** How many items of the page at a bookmark were given already. */
function readPlace(place: string): { bookmark: string; taken: number } {
  const space = place.indexOf(' ');
  return { taken: Number(place.slice(0, space)), bookmark: place.slice(space + 1) };
}
