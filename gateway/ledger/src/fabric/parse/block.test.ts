import { describe, expect, test } from '@jest/globals';
import { common } from '@hyperledger/fabric-protos';
import { VALIDATION } from '@veinledger/chaincode/replay';
import { blockOf, envelopeOf, SAMPLE_CREATOR, type SampleTransaction } from '../block.fixture.js';
import { setOf } from '../read-write-set.fixture.js';
import { readBlock, readRawBlock } from './block.js';

const read = (envelopes: readonly Uint8Array[], codes?: readonly number[]) =>
  readBlock(readRawBlock(blockOf(7, undefined, envelopes, codes)), 'veinledger');
const readOne = (sample: Partial<SampleTransaction>) =>
  read([envelopeOf({ transactionId: 't1', ...sample })]).transactions[0];

describe('a transaction in a block of Fabric', () => {
  test('shows who asked what, when, what was answered and who endorsed it', () => {
    const transaction = readOne({
      event: { name: 'committed', payload: '["therapy"]' },
      sets: { veinledger: setOf({ writes: { key: 'value' } }) },
    });
    expect(transaction).toEqual({
      transactionId: 't1',
      block: 7,
      index: 0,
      timestamp: '2026-11-22T13:07:00.250Z',
      creator: SAMPLE_CREATOR,
      function: 'custody:ReleaseItem',
      args: ['jws'],
      response: 'receipt',
      endorsers: ['HospitalMSP', 'LabMSP'],
      reads: [],
      rangeReads: [],
      writes: [{ key: 'key', value: 'value' }],
      event: { name: 'committed', payload: '["therapy"]' },
      validationCode: VALIDATION.VALID,
    });
  });

  test('shows the version of each key that it read, null for an absent one', () => {
    const reads = [
      { key: 'absent', version: null },
      { key: 'genesis', version: { block: 0, transaction: 0 } },
      { key: 'later', version: { block: 70_000_000_000, transaction: 3 } },
    ];
    expect(readOne({ sets: { veinledger: setOf({ reads }) } })?.reads).toEqual(reads);
  });

  test('shows a deletion as a null value, and text beyond ASCII as it was', () => {
    const writes = { gone: null, '\u0000therapy\u0000ü\u{10ffff}': 'Größe 9 µm' };
    expect(readOne({ sets: { veinledger: setOf({ writes }) } })?.writes).toEqual(
      Object.entries(writes).map(([key, value]) => ({ key, value })),
    );
  });

  test('shows a range that it read to the end', () => {
    const results = [{ key: 'b', version: { block: 1, transaction: 2 } }];
    const ranges = [{ startKey: 'a', endKey: 'z', exhausted: true, results }];
    expect(readOne({ sets: { veinledger: setOf({ ranges }) } })?.rangeReads).toEqual([
      { startKey: 'a', endKey: 'z', results },
    ]);
  });

  test('shows a range that it left early as ending behind the last key, which Fabric includes', () => {
    const results = [{ key: 'b', version: { block: 1, transaction: 2 } }];
    const ranges = [{ startKey: 'a', endKey: 'b', exhausted: false, results }];
    expect(readOne({ sets: { veinledger: setOf({ ranges }) } })?.rangeReads).toEqual([
      { startKey: 'a', endKey: 'b\u0000', results },
    ]);
  });

  test('says of a long range that the block holds hashes only', () => {
    const ranges = [{ startKey: 'a', endKey: 'z', exhausted: true, hashes: ['00ff'] }];
    expect(readOne({ sets: { veinledger: setOf({ ranges }) } })?.rangeReads).toEqual([
      { startKey: 'a', endKey: 'z', results: [], hashed: true },
    ]);
  });

  test('leaves out what it did to the keys of other chaincodes', () => {
    const sets = {
      _lifecycle: setOf({ reads: [{ key: 'sequence', version: null }], writes: { other: '1' } }),
      veinledger: setOf({ writes: { own: '2' } }),
    };
    expect(readOne({ sets })).toMatchObject({ reads: [], writes: [{ key: 'own', value: '2' }] });
  });
});

describe('the transactions of a block', () => {
  const own = envelopeOf({ transactionId: 'own' });
  const garbage = Buffer.from('no envelope');

  test('keep their place and validation code when others are left out', () => {
    const config = envelopeOf({ transactionId: 'c', type: common.HeaderType.CONFIG });
    const lifecycle = envelopeOf({ transactionId: 'l', chaincode: '_lifecycle' });
    const { transactions } = read([config, lifecycle, own, own], [0, 0, 11, 0]);
    expect(transactions.map(({ index, validationCode }) => [index, validationCode])).toEqual([
      [2, VALIDATION.MVCC_READ_CONFLICT],
      [3, VALIDATION.VALID],
    ]);
  });

  test('include one of another chaincode that wrote this one’s keys', () => {
    const sets = { veinledger: setOf({ writes: { key: 'value' } }) };
    const foreign = envelopeOf({ transactionId: 'f', chaincode: 'other', input: ['Put'], sets });
    expect(read([foreign]).transactions).toMatchObject([{ transactionId: 'f', function: 'Put' }]);
  });

  test('leave out garbage that the validators marked invalid', () => {
    expect(read([garbage, own], [2, 0]).transactions).toMatchObject([{ transactionId: 'own' }]);
  });

  test('name a valid one that cannot be read', () => {
    expect(() => read([own, garbage])).toThrow(/^block 7 transaction 1 cannot be read: /);
  });

  test('count as not validated when the peer left no codes', () => {
    expect(read([own], []).transactions).toMatchObject([{ validationCode: 254 }]);
  });
});
