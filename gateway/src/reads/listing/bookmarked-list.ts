import type { Listing } from './listing.js';

/** How many items the ledger is asked for at once. */
const READ_SIZE = 200;

/** Part of a range as a contract answers it; an empty bookmark ends the range. */
export interface BookmarkedPage<T> {
  readonly items: readonly T[];
  readonly bookmark: string;
}

/**
 * A list that the ledger answers page by page, in the order of its keys. An item's place is its own bookmark and no
 * count, so that whatever is written between two pages, none is given twice, and none left out that was there throughout.
 * @param bookmarkAt the bookmark at which a page begins with an item
 */
export function bookmarkedList<T>(
  read: (size: number, bookmark: string) => Promise<BookmarkedPage<T>>,
  bookmarkAt: (item: T) => string,
): Listing<T> {
  return async function* (after) {
    let bookmark = after ?? '';
    for (;;) {
      const page = await read(READ_SIZE, bookmark);
      for (const item of page.items) {
        const place = bookmarkAt(item);
        if (place !== after) yield { item, place };
      }
      if (page.bookmark === '') return;
      ({ bookmark } = page);
    }
  };
}
