import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSamplesLedger, type SamplesLedger } from './ledger.fixture.js';

let samples: SamplesLedger;
let stop: AbortController;
beforeEach(async () => {
  samples = await openSamplesLedger();
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await samples.remove();
});

const put = (key: string) => samples.ledger.submit(samples.call('Put', key, 'x'));

/** Numbers of the blocks that come until there are so many of them. */
async function follow(first: number, count: number): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { number } of samples.ledger.follow(first, stop.signal)) {
    numbers.push(number);
    if (numbers.length === count) break;
  }
  return numbers;
}

describe('who follows an embedded ledger', () => {
  test('gets the stored blocks and then each new one, once and in order', async () => {
    for (const key of ['a', 'b', 'c']) await put(key);
    const followed = follow(1, 6);
    for (const key of ['d', 'e', 'f', 'g']) await put(key);
    expect(await followed).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('misses no block of those that are committed while others are read', async () => {
    const writing = Promise.all(Array.from({ length: 200 }, (_, at) => put(`k${at}`)));
    const keys = new Set<string>();
    for await (const { transactions } of samples.ledger.follow(0, stop.signal)) {
      for (const { args } of transactions) keys.add(args[0] ?? '');
      if (keys.size === 200) break;
    }
    await writing;
    expect(keys.size).toBe(200);
  });

  test('is left waiting until it stops', async () => {
    await put('a');
    const followed = follow(0, 9);
    setTimeout(() => stop.abort(), 20);
    expect(await followed).toEqual([0]);
  });

  test('is told when the ledger is closed under it', async () => {
    const followed = follow(0, 1);
    const refused = expect(followed).rejects.toMatchObject({ kind: 'unavailable' });
    await samples.ledger.close();
    await refused;
  });
});
