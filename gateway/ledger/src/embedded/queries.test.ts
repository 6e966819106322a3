import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSamplesLedger, type SamplesLedger } from './ledger.fixture.js';

describe('queries', () => {
  let samples: SamplesLedger;
  const submit = (name: string, ...args: string[]) =>
    samples.ledger.submit(samples.call(name, ...args));
  const evaluate = async (name: string, ...args: string[]): Promise<unknown> =>
    JSON.parse(await samples.ledger.evaluate(samples.call(name, ...args)));

  beforeAll(async () => {
    samples = await openSamplesLedger();
    const keys = ['b', 'a', 'c', 'z\u{1F489}', 'z\uFF21', 'ä'];
    await Promise.all(keys.map((key) => submit('Put', key, '1')));
    await submit('PutComposite', 'dose', 'd2');
    await submit('PutComposite', 'dose', 'd1');
    await submit('PutComposite', 'doses', 'other');
  });
  afterAll(() => samples.remove());

  test('a range holds its start key and not its end key', async () => {
    expect(await evaluate('Keys', 'a', 'c')).toEqual(['a', 'b']);
    expect(await evaluate('Keys', 'c', 'a')).toEqual([]);
  });

  test('an open range is in UTF-8 order and without composite keys', async () => {
    const all = ['a', 'b', 'c', 'z\uFF21', 'z\u{1F489}', 'ä'];
    expect(await evaluate('Keys', '', '')).toEqual(all);
  });

  test('a partial composite key finds its own object type only', async () => {
    expect(await evaluate('CompositeKeys', 'dose')).toEqual([
      { objectType: 'dose', attributes: ['d1'] },
      { objectType: 'dose', attributes: ['d2'] },
    ]);
  });

  test('a range is read whole across batches', async () => {
    const keys = Array.from({ length: 250 }, (_, at) => `m${String(at).padStart(3, '0')}`);
    await Promise.all(keys.map((key) => submit('Put', key, '1')));
    expect(await evaluate('Keys', 'm', 'n')).toEqual(keys);
    const { transactionId } = await submit('CountInto', 'm', 'n', 'counted');
    const transaction = await samples.ledger.transaction(transactionId);
    expect(transaction?.rangeReads[0]).toMatchObject({ startKey: 'm', endKey: 'n' });
    expect(transaction?.rangeReads[0]?.results.map(({ key }) => key)).toEqual(keys);
  });

  test('pages follow one another by their bookmarks', async () => {
    expect(await evaluate('Page', '2', '')).toEqual({ keys: ['a', 'b'], next: 'c', count: 2 });
    const second = (await evaluate('Page', '2', 'c')) as { keys: string[] };
    expect(second.keys[0]).toBe('c');
    expect(await evaluate('Page', '2', 'y')).toEqual({ keys: [], next: '', count: 0 });
  });

  test("a key's history is newest first, with deletions, and holds no other key's", async () => {
    const first = await submit('Put', 'h', 'one');
    const second = await submit('Delete', 'h');
    const third = await submit('Put', 'h', 'three');
    await submit('Put', 'h1', 'other');
    await submit('Put', 'h0000000000', 'other');
    const at = { timestamp: { seconds: 1795352820, nanos: 0 } };
    expect(await evaluate('History', 'h')).toEqual([
      { txId: third.transactionId, isDelete: false, value: 'three', ...at },
      { txId: second.transactionId, isDelete: true, value: '', ...at },
      { txId: first.transactionId, isDelete: false, value: 'one', ...at },
    ]);
    expect(await evaluate('History', 'never')).toEqual([]);
  });

  test('an invalid transaction is in no history', async () => {
    await submit('Put', 'contested', '1');
    let rivals = 0;
    await samples.ledger.submit(samples.call('Add', 'contested', '1'), {
      onPrepared: async () => {
        rivals += 1;
        if (rivals === 1) await submit('Put', 'contested', '5');
      },
    });
    const history = (await evaluate('History', 'contested')) as { value: string }[];
    expect(history.map(({ value }) => value)).toEqual(['6', '5', '1']);
  });
});
