import type { LedgerTransaction } from '@veinledger/chaincode/replay';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { BlockListener } from '@veinledger/ledger';
import type { Caller } from './caller.js';
import { rememberActors } from './remembered-actors.js';

const nurse: Caller = {
  id: 'nurse-7',
  organisation: 'HospitalMSP',
  roles: ['nurse'],
  keys: { ed25519: '', mlDsa65: '' },
};

let enrolled: Caller | undefined;
let asked: number;
let commit: BlockListener;
let answering: Promise<void>;
const directory = {
  find: async (id: string) => {
    asked += 1;
    const found = id === enrolled?.id ? enrolled : undefined;
    await answering;
    return found;
  },
};
const ledger = {
  listen: (listener: BlockListener) => {
    commit = listener;
    return () => undefined;
  },
};
const writing = (...keys: readonly string[]): LedgerTransaction => ({
  ...{ transactionId: 't', block: 1, index: 0, validationCode: 0 },
  ...{ timestamp: '', creator: { mspId: '', certificate: '' }, function: '', args: [] },
  ...{ response: '', endorsers: [], reads: [], rangeReads: [] },
  writes: keys.map((key) => ({ key, value: '{}' })),
});

beforeEach(() => {
  enrolled = nurse;
  asked = 0;
  answering = Promise.resolve();
});

describe('an actor who was looked up', () => {
  test('is remembered while other records are written', async () => {
    const remembering = rememberActors(directory, ledger);
    expect(await remembering.find('nurse-7')).toBe(nurse);
    commit([writing('\0actor\0nurse-70\0', '\0item\0nurse-7\0', '\0therapy\0c\0actor\0nurse-7\0')]);
    expect(await remembering.find('nurse-7')).toBe(nurse);
    expect(asked).toBe(1);
  });

  test('is looked up again from the block on that wrote the record', async () => {
    const remembering = rememberActors(directory, ledger);
    await remembering.find('nurse-7');
    enrolled = { ...nurse, revokedAt: '2026-11-22T13:07:00.000Z' };
    commit([writing('\0item\0i\0'), writing('\0actor\0nurse-7\0')]);
    expect(await remembering.find('nurse-7')).toBe(enrolled);
  });

  test('is not remembered as it was when the record changes during the look-up', async () => {
    const remembering = rememberActors(directory, ledger);
    let answer: () => void = () => undefined;
    answering = new Promise((done) => (answer = done));
    const old = remembering.find('nurse-7');
    enrolled = { ...nurse, revokedAt: '2026-11-22T13:07:00.000Z' };
    commit([writing('\0actor\0nurse-7\0')]);
    answer();
    await old;
    expect(await remembering.find('nurse-7')).toBe(enrolled);
  });

  test('is asked for each time where the ledger tells of no blocks, and while nobody is enrolled', async () => {
    const asking = rememberActors(directory, {});
    await asking.find('nurse-7');
    await asking.find('nurse-7');
    expect(asked).toBe(2);
    const remembering = rememberActors(directory, ledger);
    expect(await remembering.find('nurse-8')).toBeUndefined();
    enrolled = { ...nurse, id: 'nurse-8' };
    expect(await remembering.find('nurse-8')).toBe(enrolled);
  });
});
