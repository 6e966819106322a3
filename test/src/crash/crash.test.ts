import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { foundAuthorities, foundConsortium } from '#scripts';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import type { CommandRecord, SignaturePointer } from '@veinledger/domain';
import { replay, VALIDATION } from '@veinledger/chaincode/replay';
import { loadProfile } from '@veinledger/network/profile';
import type { Bench } from '../support/bench.js';
import { type EmbeddedOptions, embeddedBench } from '../support/embedded.js';
import { codeOf } from '../support/error-code.js';
import { World } from '../support/world.js';
import { runUntilKilled } from './killed.js';
import { type LoadedCommand, signLoad } from './load.js';

const auditor = { mspId: 'RegulatorMSP', label: 'auditor' };

describe('a ledger whose process is killed under load', () => {
  let folder: string;
  let options: EmbeddedOptions;
  let load: readonly LoadedCommand[];
  let decidedBefore: number;
  const acknowledged = new Set<string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-'));
    const { members } = await loadProfile();
    options = {
      directory: join(folder, 'ledger'),
      consortium: foundConsortium(members),
      authorities: await foundAuthorities(members),
    };
    const bench = await embeddedBench(options);
    const world = await World.open(bench);
    load = await signLoad(world, await world.sampledTherapy(), 300);
    decidedBefore = (await replayOf(bench)).commands;
    await bench.close();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function replayOf({ ledger, consortium }: Bench) {
    return replay({ blocks: ledger.blocks(), root: consortium.root, verifier: nativeVerifier });
  }

  /** The command's record, and whether its signed command stands in a valid transaction. */
  async function find({ submitter, ledger }: Bench, { commandId, invocation }: LoadedCommand) {
    const record = await submitter
      .read<CommandRecord>(auditor, 'audit:ReadCommand', commandId)
      .catch((error: unknown) => codeOf(error));
    if (typeof record === 'string') return record;
    expect(record.commandId).toBe(commandId);
    expect(await ledger.transaction(record.transactionId)).toMatchObject({
      validationCode: VALIDATION.VALID,
      args: invocation.args,
    });
    return 'whole';
  }

  /** Ids of the commands that the ledger says the load's actors signed. */
  async function signed({ submitter }: Bench): Promise<ReadonlySet<string>> {
    const actors = [...new Set(load.map(({ actor }) => actor))];
    const lists = await Promise.all(
      actors.map((actor) =>
        submitter.read<SignaturePointer[]>(auditor, 'audit:ListSignedBy', actor),
      ),
    );
    return new Set(lists.flat().map(({ commandId }) => commandId));
  }

  for (const after of [1, 40, 90]) {
    it(`after ${after} acknowledgements has every acknowledged command and no half one`, async () => {
      const rest = load.filter(({ commandId }) => !acknowledged.has(commandId));
      const orders = { ...options, load: rest };
      const ids = await runUntilKilled(join(folder, 'orders.json'), orders, after);
      for (const id of ids) acknowledged.add(id);
      expect(acknowledged.size).toBeLessThan(load.length);

      const bench = await embeddedBench(options);
      try {
        const height = await bench.ledger.height();
        expect(await bench.ledger.verify()).toEqual({ intact: true, height });
        const report = await replayOf(bench);
        expect(report.findings).toEqual([]);
        const pointers = await signed(bench);
        for (const command of load) {
          const { commandId } = command;
          if (acknowledged.has(commandId)) expect(pointers.has(commandId)).toBe(true);
          const expected = pointers.has(commandId) ? 'whole' : 'NOT_FOUND';
          expect([commandId, await find(bench, command)]).toEqual([commandId, expected]);
        }
        const whole = load.filter(({ commandId }) => pointers.has(commandId)).length;
        expect(report.commands).toBe(decidedBefore + whole);
      } finally {
        await bench.close();
      }
    });
  }

  it('takes what was never acknowledged again, and has decided on each command once', async () => {
    const bench = await embeddedBench(options);
    try {
      const rest = load.filter(({ commandId }) => !acknowledged.has(commandId));
      await Promise.all(rest.map(({ invocation }) => bench.ledger.submit(invocation)));
      const report = await replayOf(bench);
      expect(report).toMatchObject({ commands: decidedBefore + load.length, findings: [] });
      expect(await bench.ledger.verify()).toMatchObject({ intact: true });
    } finally {
      await bench.close();
    }
  });
});
