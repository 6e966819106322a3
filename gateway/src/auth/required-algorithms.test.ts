import { type Algorithm, FOUNDING_ALGORITHMS } from '@veinledger/domain';
import type { LedgerTransaction } from '@veinledger/chaincode/replay';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { type BlockListener, LedgerError } from '@veinledger/ledger';
import { ledgerAlgorithms } from './required-algorithms.js';

const BOTH = ['EdDSA', 'ML-DSA-65'];
const ENDED: readonly Algorithm[] = [
  { id: 'Ed25519', status: 'disallowed', replacedBy: 'ML-DSA-65' },
  { id: 'ML-DSA-65', status: 'required' },
];

let listed: readonly Algorithm[] | Error;
let asked: number;
let now: number;
let commit: BlockListener;

beforeEach(() => {
  listed = FOUNDING_ALGORITHMS;
  asked = 0;
  now = Date.parse('2026-11-22T13:07:00.000Z');
});

const evaluate = () => {
  asked += 1;
  return listed instanceof Error ? Promise.reject(listed) : Promise.resolve(JSON.stringify(listed));
};
const listen = (listener: BlockListener) => {
  commit = listener;
  return () => undefined;
};
const reader = () => ({ mspId: 'HospitalMSP', certificate: '', privateKey: '' });
const writing = (key: string) =>
  [{ writes: [{ key, value: '{}' }] }] as unknown as readonly LedgerTransaction[];

describe('the algorithms that members require', () => {
  test('are asked for again from the block on that wrote what members agreed on', async () => {
    const required = ledgerAlgorithms({ evaluate, listen }, reader, () => now);
    expect(await required()).toEqual(BOTH);
    listed = ENDED;
    commit(writing('\0item\0i\0'));
    expect([await required(), asked]).toEqual([BOTH, 1]);
    commit(writing('\0consortium\0governance\0'));
    expect([await required(), asked]).toEqual([['ML-DSA-65'], 2]);
  });

  test('are asked for again after five seconds where the ledger tells of no blocks', async () => {
    const required = ledgerAlgorithms({ evaluate }, reader, () => now);
    await Promise.all([required(), required()]);
    listed = ENDED;
    now += 4_999;
    expect([await required(), asked]).toEqual([BOTH, 1]);
    now += 1;
    expect([await required(), asked]).toEqual([['ML-DSA-65'], 2]);
  });

  test('end at the time that members set, without a block', async () => {
    const [ed25519, mlDsa65] = FOUNDING_ALGORITHMS as [Algorithm, Algorithm];
    listed = [{ ...ed25519, notAfter: new Date(now).toISOString() }, mlDsa65];
    const required = ledgerAlgorithms({ evaluate, listen }, reader, () => now);
    expect(await required()).toEqual(BOTH);
    now += 1;
    expect([await required(), asked]).toEqual([['ML-DSA-65'], 1]);
  });

  test('are the founding ones of a ledger that holds nothing, and not known of one that does not answer', async () => {
    const required = ledgerAlgorithms({ evaluate, listen }, reader, () => now);
    listed = new LedgerError('unavailable', 'no peer answered');
    await expect(required()).rejects.toThrow('no peer answered');
    listed = new LedgerError('contract', 'UNKNOWN_ORGANISATION: only members read the ledger {}');
    expect(await required()).toEqual(BOTH);
  });
});
