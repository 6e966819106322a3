import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NOW, openSamplesLedger, type SamplesLedger } from './ledger.fixture.js';

describe('what the ledger refuses', () => {
  let samples: SamplesLedger;
  const submit = (name: string, ...args: string[]) =>
    samples.ledger.submit(samples.call(name, ...args));

  beforeAll(async () => {
    samples = await openSamplesLedger();
  });
  afterAll(() => samples.remove());

  test.each([
    ['PutThenFail', ['refused'], /^NOT_ENTITLED: the contract refuses$/],
    ['NoSuchTransaction', [], /does not exist|unknown|has been asked/i],
    ['Put', ['one argument'], /^Expected 2 parameters, but 1 have been supplied$/],
    ['PutBytes', ['binary', 'ff'], /value of binary: expected UTF-8 text/],
    ['RichQuery', [], /^GET_QUERY_RESULT failed: .*not supported for leveldb/],
    ['PrivateData', [], /collection secrets could not be found/],
    ['PageThenPut', [], /already performed a paginated query. Writes are not allowed/],
    ['PutThenPage', [], /Paginated queries are supported only in a read-only transaction/],
  ])('%s%j is a contract error that writes nothing', async (name, args, message) => {
    const height = await samples.ledger.height();
    await expect(submit(name, ...args)).rejects.toMatchObject({
      name: 'LedgerError',
      kind: 'contract',
      message: expect.stringMatching(message) as unknown,
    });
    expect(await samples.ledger.height()).toBe(height);
    expect(await samples.ledger.evaluate(samples.call('Get', 'refused'))).toBe('');
  });

  test('an unknown contract', async () => {
    const invocation = { ...samples.call('Put'), function: 'elsewhere:Put' };
    await expect(samples.ledger.submit(invocation)).rejects.toMatchObject({
      kind: 'contract',
      message: 'Contract name is not known: elsewhere',
    });
  });

  test('a transaction above the limit of an orderer, of 500 KB', async () => {
    await submit('Put', 'large', 'x'.repeat(240 * 1024));
    await expect(submit('Put', 'larger', 'x'.repeat(260 * 1024))).rejects.toMatchObject({
      kind: 'contract',
      message: expect.stringMatching(
        /^TRANSACTION_TOO_LARGE: expected at most 512000 bytes, found 53/,
      ) as unknown,
    });
  });

  test('nothing for its time: a client may put any time into its transaction, the contract judges it', async () => {
    const ledger = await samples.reopen({ transactionTime: () => NOW + 3_600_000 });
    const { transactionId, result } = await ledger.submit(samples.call('WhoAmI'));
    expect(result).toContain('"time":"2026-11-22T14:07:00.000Z"');
    const transaction = await ledger.transaction(transactionId);
    expect(transaction?.timestamp).toBe('2026-11-22T14:07:00.000Z');
  });
});
