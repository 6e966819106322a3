import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Therapy } from '@veinledger/domain';
import type { LedgerBlock, LedgerTransaction } from '@veinledger/chaincode/replay';
import type { Caller } from '../auth/caller.js';
import { clinician } from '../gateway.fixture.js';
import { GatewayState } from '../state/gateway-state.js';
import { COI, OTHER_COI, traceOf } from './trace.fixture.js';
import { take } from './listing/listing.js';
import { TherapyIndex } from './therapy-index.js';

const nurse: Caller = {
  id: 'hospital.nurse',
  organisation: 'HospitalMSP',
  roles: ['nurse'],
  keys: clinician.keys.public,
};
const operator: Caller = { ...nurse, id: 'm.operator', organisation: 'ManufacturerMSP' };

let folder: string;
let state: GatewayState;
/** the ledger's blocks, and which of them were read */
let blocks: LedgerBlock[];
let read: number[];

const ledger = {
  async *blocks(first = 0) {
    for (const block of blocks.slice(first)) {
      read.push(block.number);
      yield await Promise.resolve(block);
    }
  },
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-index-'));
  state = await GatewayState.open(folder);
  [blocks, read] = [[], []];
});
afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

/** Adds a block in which a therapy is written. */
function commit(
  coi: string,
  parties: readonly string[],
  validationCode = 0,
  admitted?: Therapy['admitted'],
): void {
  const value = JSON.stringify({ ...traceOf([]).therapy, coi, parties, admitted });
  const transaction: LedgerTransaction = {
    transactionId: 't',
    block: blocks.length,
    index: 0,
    timestamp: '2026-11-22T13:07:00.000Z',
    creator: { mspId: 'HospitalMSP', certificate: '' },
    function: 'therapy:OrderTherapy',
    args: [],
    response: '',
    endorsers: [],
    reads: [],
    rangeReads: [],
    writes: [
      { key: 'k', value },
      { key: 'deleted', value: null },
    ],
    validationCode,
  };
  blocks.push({
    number: blocks.length,
    previousHash: '',
    dataHash: '',
    transactions: [transaction],
  });
}

const cois = async (index: TherapyIndex, caller: Caller) =>
  (await take(index.list(caller), { limit: 200, signal: new AbortController().signal })).items.map(
    ({ coi }) => coi,
  );

describe('the index of therapies', () => {
  test('lists those of a party, and none of another member', async () => {
    commit(COI, ['HospitalMSP', 'ManufacturerMSP']);
    commit(OTHER_COI, ['HospitalMSP']);
    const index = new TherapyIndex(ledger, state);
    expect(await cois(index, nurse)).toEqual([COI, OTHER_COI].sort());
    expect(await cois(index, operator)).toEqual([COI]);
  });

  test('holds nothing that an invalid transaction wrote', async () => {
    commit(COI, ['HospitalMSP'], 11);
    expect(await cois(new TherapyIndex(ledger, state), nurse)).toEqual([]);
  });

  test('reads each block once, whoever asks, and goes on where it was after a restart', async () => {
    commit(COI, ['HospitalMSP']);
    const index = new TherapyIndex(ledger, state);
    await Promise.all([cois(index, nurse), cois(index, operator)]);
    await state.close();
    state = await GatewayState.open(folder);
    commit(OTHER_COI, ['HospitalMSP']);
    expect(await cois(new TherapyIndex(ledger, state), nurse)).toHaveLength(2);
    expect(read).toEqual([0, 1]);
  });

  test('names a therapy to the one physician whom emergency access admits, as long as it is open', async () => {
    const physician: Caller = {
      ...nurse,
      ...{ id: 'far.clinician', organisation: 'FarMSP', roles: ['clinician'] },
    };
    const open = (
      minutes: number,
      actor = physician.id,
    ): NonNullable<Therapy['admitted']>[number] => ({
      ...{ access: 'access-1', actor, organisation: 'FarMSP' },
      until: new Date(Date.now() + minutes * 60_000).toISOString(),
    });
    const [first = '', second = ''] = [COI, OTHER_COI].sort();
    commit(first, ['HospitalMSP'], 0, [open(60)]);
    commit(second, ['FarMSP']);
    const index = new TherapyIndex(ledger, state);
    expect(await cois(index, physician)).toEqual([first, second]);
    expect(await cois(index, { ...physician, id: 'far.clinician-2' })).toEqual([second]);
    expect(await cois(index, { ...physician, roles: ['nurse'] })).toEqual([second]);
    expect(await cois(index, nurse)).toEqual([first]);
    commit(second, ['HospitalMSP'], 0, [open(60)]);
    expect(await cois(index, physician)).toEqual([first, second]);
    const signal = new AbortController().signal;
    const page = await take(index.list(physician), { limit: 1, signal });
    expect(page.items).toMatchObject([{ coi: first }]);
    expect(page.items[0]).not.toHaveProperty('admitted');
    const rest: string[] = [];
    for await (const { place } of index.list(physician)(first)) rest.push(place);
    expect(rest).toEqual([second]);
    commit(first, ['HospitalMSP', 'FarMSP'], 0, [open(60)]);
    expect(await cois(index, physician)).toEqual([first, second]);
    commit(first, ['HospitalMSP'], 0, [open(-1)]);
    expect(await cois(index, physician)).toEqual([second]);
    commit(second, ['HospitalMSP']);
    expect(await cois(index, physician)).toEqual([]);
  });

  test('forgets who is no party any more', async () => {
    commit(COI, ['HospitalMSP', 'ManufacturerMSP']);
    const index = new TherapyIndex(ledger, state);
    expect(await cois(index, operator)).toEqual([COI]);
    commit(COI, ['HospitalMSP']);
    expect(await cois(index, operator)).toEqual([]);
    expect(await cois(index, nurse)).toEqual([COI]);
  });
});
