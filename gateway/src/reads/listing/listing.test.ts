import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bookmarkedList } from './bookmarked-list.js';
import { type Listing, take } from './listing.js';
import { wholeList } from './whole-list.js';

const { signal: waiting } = new AbortController();
const identity = (lot: string) => lot;
const LOTS = Array.from({ length: 450 }, (_, index) => `lot-${String(index).padStart(3, '0')}`);

const whole = wholeList(
  () => Promise.resolve([...LOTS].reverse()),
  (lot) => lot,
);
const bookmarked = bookmarkedList((size, bookmark) => {
  const start = bookmark === '' ? 0 : LOTS.indexOf(bookmark);
  const next = LOTS[start + size];
  return Promise.resolve({ items: LOTS.slice(start, start + size), bookmark: next ?? '' });
}, identity);

async function pages(
  listing: Listing<string>,
  limit: number,
  matches?: (lot: string) => boolean,
): Promise<readonly (readonly string[])[]> {
  const taken: (readonly string[])[] = [];
  let after: string | undefined;
  do {
    const page = await take(listing, {
      after,
      limit,
      signal: waiting,
      ...(matches ? { matches } : {}),
    });
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

test('a list is looked through no further than somebody waits for it', async () => {
  const caller = new AbortController();
  let asked = 0;
  const endless = bookmarkedList((size, bookmark) => {
    asked += 1;
    if (asked === 3) caller.abort();
    const first = Number(bookmark);
    const items = Array.from({ length: size }, (_, index) => String(first + index));
    return Promise.resolve({ items, bookmark: String(first + size) });
  }, identity);
  const taking = { limit: 1, matches: () => false, signal: caller.signal };
  expect(await take(endless, taking)).toEqual({ items: [] });
  expect(asked).toBe(3);
});

describe('while others write, from page to page', () => {
  /** What a ledger holds under a prefix, and answers by the key that a page begins with. */
  const rangeOf = (held: Set<string>) => (size: number, bookmark: string) => {
    const from = [...held].sort().filter((key) => key >= bookmark);
    return Promise.resolve({ items: from.slice(0, size), bookmark: from[size] ?? '' });
  };
  const kinds: [string, (held: Set<string>) => Listing<string>][] = [
    ['as a whole', (held) => wholeList(() => Promise.resolve([...held]), identity)],
    ['page by page', (held) => bookmarkedList((_, at) => rangeOf(held)(3, at), identity)],
  ];
  const key = fc.string({ minLength: 1, maxLength: 3 });

  test.each(kinds)(
    'a list that the ledger answers %s gives nothing twice, and leaves nothing out that was there throughout',
    async (_, listOf) => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(key, { maxLength: 12 }),
          fc.array(fc.array(fc.tuple(fc.boolean(), key), { maxLength: 4 }), { maxLength: 8 }),
          fc.integer({ min: 1, max: 5 }),
          async (first, writes, limit) => {
            const held = new Set(first);
            const throughout = new Set(first);
            const given: string[] = [];
            let after: string | undefined;
            for (let number = 0; ; number += 1) {
              const page = await take(listOf(held), { after, limit, signal: waiting });
              given.push(...page.items);
              after = page.last;
              if (after === undefined) break;
              for (const [isNew, changed] of writes[number] ?? []) {
                if (isNew) held.add(changed);
                else if (held.delete(changed)) throughout.delete(changed);
              }
            }
            expect(new Set(given).size).toBe(given.length);
            expect([...throughout].filter((each) => !given.includes(each))).toEqual([]);
          },
        ),
      );
    },
  );
});
