import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VALIDATION } from '@veinledger/chaincode/replay';
import { allBlocks, openSamplesLedger, type SamplesLedger } from './ledger.fixture.js';

describe('transactions that ran at the same time', () => {
  let samples: SamplesLedger;
  const submit = (name: string, ...args: string[]) =>
    samples.ledger.submit(samples.call(name, ...args));
  const get = (key: string) => samples.ledger.evaluate(samples.call('Get', key));

  /** Submits a transaction and, once it ran and before it is ordered, another one. */
  async function submitAround(outer: [string, ...string[]], inner: [string, ...string[]]) {
    const ids: string[] = [];
    const commit = await samples.ledger.submit(samples.call(...outer), {
      onPrepared: async (transactionId) => {
        ids.push(transactionId);
        if (ids.length === 1) await submit(...inner);
      },
    });
    const codes: number[] = [];
    for (const id of ids) codes.push((await samples.ledger.transaction(id))?.validationCode ?? -1);
    return { commit, codes };
  }

  beforeEach(async () => {
    samples = await openSamplesLedger();
    for (const key of ['a', 'b', 'c']) await submit('Put', key, '1');
  });
  afterEach(() => samples.remove());

  test('conflict over a key that one read and the other wrote, and the reader runs again', async () => {
    const { commit, codes } = await submitAround(['Add', 'a', '10'], ['Add', 'a', '5']);
    expect(codes).toEqual([VALIDATION.MVCC_READ_CONFLICT, VALIDATION.VALID]);
    expect(commit.result).toBe('16');
    expect(await get('a')).toBe('16');
  });

  test('conflict over a key that was absent when it was read', async () => {
    const { codes } = await submitAround(['Add', 'new', '10'], ['Add', 'new', '5']);
    expect(codes).toEqual([VALIDATION.MVCC_READ_CONFLICT, VALIDATION.VALID]);
    expect(await get('new')).toBe('15');
  });

  test('conflict over a key that was written with the same value', async () => {
    const { codes } = await submitAround(['Add', 'a', '0'], ['Put', 'a', '1']);
    expect(codes[0]).toBe(VALIDATION.MVCC_READ_CONFLICT);
  });

  test('do not conflict when nobody read what the other wrote', async () => {
    const { codes } = await submitAround(['Put', 'a', '10'], ['Put', 'a', '5']);
    expect(codes).toEqual([VALIDATION.VALID]);
    expect(await get('a')).toBe('10');
  });

  test.each([
    ['a key that appeared in the range', ['Put', 'aa', '1'], '4'],
    ['a key that left the range', ['Delete', 'b'], '2'],
    ['the last key, which left the range', ['Delete', 'c'], '2'],
    ['a key that changed in the range', ['Put', 'b', '2'], '3'],
  ] as const)('conflict over %s', async (_what, inner, counted) => {
    const { commit, codes } = await submitAround(['CountInto', 'a', 'd', 'z'], [...inner]);
    expect(codes).toEqual([VALIDATION.PHANTOM_READ_CONFLICT, VALIDATION.VALID]);
    expect(commit.result).toBe(counted);
  });

  test.each([
    ['at the end key, which the range excludes', ['Put', 'd', '1']],
    ['beyond the range', ['Put', 'e', '1']],
    ['in the range, of an absent key', ['Delete', 'ab']],
  ] as const)('do not conflict over a write %s', async (_what, inner) => {
    const { codes } = await submitAround(['CountInto', 'a', 'd', 'z'], [...inner]);
    expect(codes).toEqual([VALIDATION.VALID]);
  });

  test('conflict over no more of a long range than the batches that were read', async () => {
    const keys = Array.from({ length: 150 }, (_, at) => `k${String(at).padStart(3, '0')}`);
    await Promise.all(keys.map((key) => submit('Put', key, '1')));
    const beyond = await submitAround(['FirstInto', 'k', 'l', 'z'], ['Put', 'k101', '2']);
    expect(beyond.codes).toEqual([VALIDATION.VALID]);
    const ahead = await submitAround(['FirstInto', 'k', 'l', 'z'], ['Put', 'k100', '2']);
    expect(ahead.codes[0]).toBe(VALIDATION.PHANTOM_READ_CONFLICT);
  });

  test('are validated within one block in order: a counter loses nothing', async () => {
    const ledger = await samples.reopen({ maxAttempts: 30 });
    const adding = Array.from({ length: 20 }, () => ledger.submit(samples.call('Add', 'a', '1')));
    await Promise.all(adding);
    expect(await get('a')).toBe('21');
    const blocks = await allBlocks(ledger);
    const largest = Math.max(...blocks.map(({ transactions }) => transactions.length));
    expect(largest).toBeGreaterThan(1);
    for (const { transactions } of blocks) {
      const valid = transactions.filter(
        ({ validationCode }) => validationCode === VALIDATION.VALID,
      );
      expect(
        valid.filter((transaction) => transaction.function === 'samples:Add').length,
      ).toBeLessThan(2);
    }
  });

  test('see a phantom that came earlier in the same block', async () => {
    const ledger = await samples.reopen();
    const waiting: (() => void)[] = [];
    const onPrepared = () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length >= 2) for (const go of waiting) go();
      });
    const put = ledger.submit(samples.call('Put', 'ab', '1'), { onPrepared });
    const count = ledger.submit(samples.call('CountInto', 'a', 'd', 'z'), { onPrepared });
    expect((await count).result).toBe('4');
    const { block } = await put;
    const [shared] = await allBlocks(ledger, block);
    expect(shared?.transactions.map(({ validationCode }) => validationCode)).toEqual([
      VALIDATION.VALID,
      VALIDATION.PHANTOM_READ_CONFLICT,
    ]);
  });

  test('are given up after the attempts that the ledger was opened with', async () => {
    const ledger = await samples.reopen({ maxAttempts: 3 });
    const ids: string[] = [];
    const losing = ledger.submit(samples.call('Add', 'a', '1'), {
      onPrepared: async (transactionId) => {
        ids.push(transactionId);
        await ledger.submit(samples.call('Put', 'a', '7'));
      },
    });
    await expect(losing).rejects.toMatchObject({ kind: 'conflict' });
    expect(new Set(ids).size).toBe(3);
    await expect(losing).rejects.toMatchObject({ transactionId: ids[2] });
    expect(await ledger.status(ids[2] ?? '')).toMatchObject({
      state: 'invalid',
      validationCode: 11,
    });
    expect(await get('a')).toBe('7');
  });
});
