import { describe, expect, test } from '@jest/globals';
import { bookmarkedList } from './bookmarked-list.js';
import { type Listing, take } from './listing.js';
import { wholeList } from './whole-list.js';

const LOTS = Array.from({ length: 450 }, (_, index) => `lot-${String(index).padStart(3, '0')}`);

const whole = wholeList(
  () => Promise.resolve([...LOTS].reverse()),
  (lot) => lot,
);
const bookmarked = bookmarkedList((size, bookmark) => {
  const start = bookmark === '' ? 0 : LOTS.indexOf(bookmark);
  const next = LOTS[start + size];
  return Promise.resolve({ items: LOTS.slice(start, start + size), bookmark: next ?? '' });
});

async function pages(
  listing: Listing<string>,
  limit: number,
  matches?: (lot: string) => boolean,
): Promise<readonly (readonly string[])[]> {
  const taken: (readonly string[])[] = [];
  let after: string | undefined;
  do {
    const page = await take(listing, { after, limit, ...(matches ? { matches } : {}) });
    taken.push(page.items);
    after = page.last;
  } while (after !== undefined);
  return taken;
}

describe.each([
  ['as a whole', whole],
  ['page by page', bookmarked],
])('a list that the ledger answers %s', (_, listing) => {
  test.each([1, 7, 150, 199, 200, 201, 450, 451])('is given once in pages of %d', async (limit) => {
    const given = await pages(listing, limit);
    expect(given.flat()).toEqual(LOTS);
    expect(given).toHaveLength(Math.ceil(LOTS.length / limit));
  });

  test('gives full pages of what is asked for', async () => {
    const given = await pages(listing, 10, (lot) => lot.endsWith('7'));
    expect(given.map((page) => page.length)).toEqual([10, 10, 10, 10, 5]);
    expect(given.flat()).toEqual(LOTS.filter((lot) => lot.endsWith('7')));
  });

  test('has one empty page where nothing is asked for', async () => {
    expect(await pages(listing, 10, () => false)).toEqual([[]]);
  });
});

test('what is added while somebody pages is given once, and nothing before it again', async () => {
  const lots = ['b', 'd'];
  const growing = wholeList(
    () => Promise.resolve(lots),
    (lot) => lot,
  );
  const first = await take(growing, { limit: 1 });
  lots.push('a', 'c');
  const second = await take(growing, { after: first.last, limit: 10 });
  expect([first.items, second.items]).toEqual([['b'], ['c', 'd']]);
});
