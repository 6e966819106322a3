import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerBlock } from '@veinledger/chaincode/replay';
import { GatewayState } from '../state/gateway-state.js';
import { blockOf, runTransaction } from '../reads/blocks.fixture.js';
import { CourseIndex } from './course-index.js';
import { COI, traceOf } from '../reads/trace.fixture.js';

const AT = '2026-11-22T13:07:00.000Z';
const { therapy: found } = traceOf([]);
const therapy = { ...found, process: { ...found.process, hash: 'A'.repeat(43) } };

let folder: string;
let state: GatewayState;
let blocks: LedgerBlock[];
const ledger = {
  async *blocks(first = 0) {
    for (const block of blocks.slice(first)) yield await Promise.resolve(block);
  },
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-courses-'));
  state = await GatewayState.open(folder);
  blocks = [];
});
afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

const idOf = (letter: string) => `${letter.repeat(42)}A`;

/** A transaction of a command of the therapy, and what it wrote. */
function said(index: number, type: string, commandId: string, ...written: readonly object[]) {
  const transaction = runTransaction(blocks.length, index);
  const receipt = JSON.parse(transaction.response) as object;
  const permission = { kind: 'permission', decision: 'permitted' };
  const of = { type, commandId, scope: { kind: 'therapy', id: COI }, changed: [] };
  return {
    ...transaction,
    function: type,
    response: JSON.stringify({ ...receipt, ...permission, ...of }),
    writes: written.map((value, at) => ({ key: `k${at}`, value: JSON.stringify(value) })),
  };
}

const signed = (command: string) => ({ actor: 'lab.technician', command, at: AT, time: AT });

function attemptOf(step: string, command: string): object {
  const report = {
    ...signed(command),
    ...{ inputs: [], outputs: [], inputDatasets: [], datasets: [], lots: [], equipment: [] },
    sop: { id: 'sop-1', version: '1.0' },
    verdicts: [],
  };
  return { noun: 'step', coi: COI, step, attempt: 1, blockers: [], report };
}

const annulmentOf = (command: string, rest: object) => ({
  noun: 'annulment',
  scope: { kind: 'therapy', id: COI },
  ...{ command, type: 'manufacturing:ReportStep', reason: 'wrong-time' },
  signatures: [],
  missing: [],
  ...rest,
});

const attested = async () => {
  const { therapies } = await new CourseIndex(ledger, state).courses();
  return therapies.map(({ attestations }) => attestations.map(({ step, type }) => step ?? type));
};

describe('the index of courses', () => {
  test('holds what was attested of a therapy, commands of one block building on each other', async () => {
    blocks.push(
      blockOf(0, [
        said(0, 'therapy:OrderTherapy', idOf('a'), therapy),
        said(1, 'manufacturing:ReportStep', idOf('b'), attemptOf('pathology', idOf('b'))),
      ]),
    );
    expect(await attested()).toEqual([['therapy:OrderTherapy', 'pathology']]);
    blocks.push(
      blockOf(1, [
        said(0, 'manufacturing:ReportStep', idOf('c'), attemptOf('extraction', idOf('c'))),
      ]),
    );
    expect(await attested()).toEqual([['therapy:OrderTherapy', 'pathology', 'extraction']]);
  });

  test('forgets what was entered in error, once everybody has signed that', async () => {
    blocks.push(
      blockOf(0, [
        said(0, 'therapy:OrderTherapy', idOf('a'), therapy),
        said(1, 'manufacturing:ReportStep', idOf('b'), attemptOf('pathology', idOf('b'))),
        said(2, 'quality:AnnulRecord', idOf('d'), annulmentOf(idOf('b'), {})),
      ]),
    );
    expect(await attested()).toEqual([['therapy:OrderTherapy', 'pathology']]);
    const annulled = { annulled: signed(idOf('e')) };
    blocks.push(
      blockOf(1, [said(0, 'quality:AnnulRecord', idOf('e'), annulmentOf(idOf('b'), annulled))]),
    );
    expect(await attested()).toEqual([['therapy:OrderTherapy']]);
  });

  test('knows of a therapy that was halted, and that it was not after all', async () => {
    const isHalted = async () => {
      const { therapies } = await new CourseIndex(ledger, state).courses();
      return therapies.map(({ halted }) => halted);
    };
    const halts = [{ ...signed(idOf('b')), commitment: idOf('c') }];
    blocks.push(
      blockOf(0, [
        said(0, 'therapy:OrderTherapy', idOf('a'), therapy),
        said(1, 'therapy:HaltTherapy', idOf('b'), { ...therapy, halts }),
      ]),
    );
    expect(await isHalted()).toEqual([true]);
    blocks.push(blockOf(1, [said(0, 'quality:AnnulRecord', idOf('d'), therapy)]));
    expect(await isHalted()).toEqual([false]);
  });
});
