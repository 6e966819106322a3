import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allBlocks, openSamplesLedger, type SamplesLedger } from './ledger.fixture.js';
import { SamplesContract } from './samples-contract.fixture.js';

describe('what a transaction sees', () => {
  let samples: SamplesLedger;
  const submit = (name: string, ...args: string[]) =>
    samples.ledger.submit(samples.call(name, ...args));
  const evaluate = (name: string, ...args: string[]) =>
    samples.ledger.evaluate(samples.call(name, ...args));

  beforeAll(async () => {
    samples = await openSamplesLedger();
  });
  afterAll(() => samples.remove());

  test('what another transaction committed', async () => {
    const { result } = await submit('Put', 'vial', 'held');
    expect(result).toBe('put vial');
    expect(await evaluate('Get', 'vial')).toBe('held');
  });

  test('nothing of its own writes', async () => {
    await submit('Put', 'label', 'old');
    expect((await submit('PutThenGet', 'label', 'new')).result).toBe('old');
    expect(await evaluate('Get', 'label')).toBe('new');
  });

  test('nothing that is committed while it runs', async () => {
    await submit('Put', 'moving', 'before');
    SamplesContract.between = () => submit('Put', 'moving', 'after');
    expect(await evaluate('GetTwice', 'moving')).toBe('before before');
    expect(await evaluate('Get', 'moving')).toBe('after');
  });

  test('an absent key as no bytes', async () => {
    expect(await evaluate('Get', 'absent')).toBe('');
  });

  test('nothing of an evaluation, which writes nothing', async () => {
    const height = await samples.ledger.height();
    expect(await evaluate('Put', 'evaluated', 'x')).toBe('put evaluated');
    expect(await evaluate('Get', 'evaluated')).toBe('');
    expect(await samples.ledger.height()).toBe(height);
  });

  test('a key as deleted once an empty value was put, as on Fabric', async () => {
    await submit('Put', 'emptied', 'x');
    const { transactionId } = await submit('Put', 'emptied', '');
    const transaction = await samples.ledger.transaction(transactionId);
    expect(transaction?.writes).toEqual([{ key: 'emptied', value: null }]);
    expect(await evaluate('Keys', 'emptied', 'emptied~')).toBe('[]');
  });

  test('its submitter, its channel and its own time', async () => {
    const { transactionId, result } = await submit('WhoAmI');
    expect(JSON.parse(result)).toEqual({
      mspId: 'HospitalMSP',
      role: 'nurse',
      id: 'x509::/CN=gateway of HospitalMSP::/CN=Harbour Hospital CA',
      transactionId,
      channel: 'programme-1',
      endorser: 'HospitalMSP',
      time: '2026-11-22T13:07:00.000Z',
      seconds: '1795352820',
    });
  });

  test('transient data, of which no block keeps anything', async () => {
    const annex = Buffer.from('lymphocytes 3.1');
    const invocation = { ...samples.call('DigestAnnex', 'annex'), transient: { annex } };
    const { transactionId, result } = await samples.ledger.submit(invocation);
    expect(result).toBe(String(annex.length));
    const transaction = await samples.ledger.transaction(transactionId);
    const kept = JSON.stringify(transaction);
    for (const encoding of ['utf8', 'base64', 'hex'] as const) {
      expect(kept).not.toContain(annex.toString(encoding));
    }
  });
});

describe('what a block keeps of a transaction', () => {
  test('who called what with which result, reads, writes and the last event', async () => {
    const samples = await openSamplesLedger();
    const { ledger, submitter } = samples;
    await ledger.submit(samples.call('Put', 'sum', '2'));
    const { transactionId, block } = await ledger.submit(samples.call('Add', 'sum', '3'));
    const [last] = (await allBlocks(ledger, block))[0]?.transactions ?? [];
    expect(last).toEqual({
      transactionId,
      block,
      index: 0,
      timestamp: '2026-11-22T13:07:00.000Z',
      creator: { mspId: 'HospitalMSP', certificate: submitter.certificate },
      function: 'samples:Add',
      args: ['sum', '3'],
      response: '5',
      endorsers: ['HospitalMSP'],
      reads: [{ key: 'sum', version: { block: 0, transaction: 0 } }],
      rangeReads: [],
      writes: [{ key: 'sum', value: '5' }],
      validationCode: 0,
    });
    expect(await ledger.transaction(transactionId)).toEqual(last);
    expect(await ledger.status(transactionId)).toEqual({ state: 'valid', block });

    const events = await ledger.submit(samples.call('TwoEvents'));
    const withEvent = await ledger.transaction(events.transactionId);
    expect(withEvent?.event).toEqual({ name: 'second', payload: '2' });
    await samples.remove();
  });

  test('nothing of a transaction that nobody submitted', async () => {
    const samples = await openSamplesLedger();
    expect(await samples.ledger.transaction('0'.repeat(64))).toBeUndefined();
    expect(await samples.ledger.status('0'.repeat(64))).toEqual({ state: 'unknown' });
    await samples.remove();
  });
});
