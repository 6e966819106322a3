import { expect, test } from '@jest/globals';
import { hiddenReads } from './hidden-reads.js';
import { ObservedStore } from './observed-store.js';
import { ReplayState } from './replay-state.js';

const PREFIX = '\u0000patient\u0000p1\u0000consent\u0000';

async function observed(): Promise<ObservedStore> {
  const store = new ObservedStore(new ReplayState());
  await store.get('k');
  await store.range(PREFIX);
  return store;
}

const k = { key: 'k', version: null };
const range = (startKey: string, endKey: string) => ({ startKey, endKey, results: [] });
const whole = range(PREFIX, `${PREFIX}\u{10FFFF}`);

test('a read set that holds every key and range hides nothing, whatever else it holds', async () => {
  const reads = [k, { key: 'other', version: null }];
  expect(hiddenReads(await observed(), { reads, rangeReads: [whole] })).toEqual([]);
  expect(hiddenReads(await observed(), { reads, rangeReads: [range('', '')] })).toEqual([]);
});

test('a key or a range that the read set leaves out is hidden', async () => {
  const found = hiddenReads(await observed(), { reads: [], rangeReads: [] });
  expect(found.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['hidden-read', 'k'],
    ['hidden-read', PREFIX],
  ]);
});

test('a range that was cut short is hidden', async () => {
  for (const cut of [range(PREFIX, `${PREFIX}m`), range(`${PREFIX}a`, whole.endKey)]) {
    const found = hiddenReads(await observed(), { reads: [k], rangeReads: [cut] });
    expect(found.map(({ subject }) => subject)).toEqual([PREFIX]);
  }
});
