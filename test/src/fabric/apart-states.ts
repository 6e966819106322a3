import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startNode, stopNode, verifyNetwork } from '@veinledger/network';
import { editStateOf } from '../support/edit-state.js';
import { type MemberId, MEMBERS, type RunningApart } from '../support/running-apart.js';
import { SteadyEnrolments } from '../support/steady-enrolments.js';
import { until } from '../support/until.js';

/** What members find who compare their peers' states: the last chapter, which alters one. */
export function statesChapter(apart: RunningApart): void {
  /** Where a member leaves its states, as one of several times. */
  const left = (id: MemberId, time: string) => join(apart.directory, 'handed over', time, id);

  /** The greatest height of any peer: one that was just started may be behind. */
  async function greatestHeight(): Promise<number> {
    const [report] = await verifyNetwork({ home: apart.homeOf('hospital') });
    return Math.max(...Object.values(report?.blocks.heights ?? {}));
  }

  describe('states of peers whose administrators share no home', () => {
    test('are written as of the block that was agreed on, when it comes, and are the same', async () => {
      const block = (await greatestHeight()) + 4;
      const said: string[] = [];
      const log = (line: string) => said.push(line);
      const waiting = MEMBERS.map((id) =>
        verifyNetwork({ home: apart.homeOf(id), block, keepStates: left(id, 'agreed'), log }),
      );
      const isWaitedFor = `programme: block ${block} is waited for`;
      await until(
        'every peer to wait for the block',
        () => said.filter((line) => line === isWaitedFor).length === MEMBERS.length,
      );
      const load = new SteadyEnrolments(apart.homes.consortium, apart.urls);
      for (const [report] of await Promise.all(waiting)) {
        expect(report).toMatchObject({ same: true, state: undefined });
      }
      await load.end();
      const states = MEMBERS.map((id) => left(id, 'agreed'));
      const [report] = await verifyNetwork({ home: apart.homeOf('lab'), states });
      const compared = ['peer.hospital', 'peer.lab', 'peer.manufacturer'];
      expect(report).toMatchObject({ same: true, state: { block, compared, differing: 0 } });
    });

    test('are not written as of another block than was agreed on', async () => {
      const home = apart.homeOf('lab');
      const keepStates = left('lab', 'late');
      await expect(verifyNetwork({ home, block: 1, keepStates })).rejects.toThrow(
        /^COMMAND_FAILED: block 1 of programme has passed: the last one of peer.lab is \d+$/,
      );
      const block = 10_000;
      await expect(verifyNetwork({ home, block, patienceMs: 1000, keepStates })).rejects.toThrow(
        'COMMAND_FAILED: block 10000 of programme did not come in 1 s',
      );
    });

    test('are not held to agree where fewer than two were handed over', async () => {
      const home = apart.homeOf('hospital');
      const own = left('lab', 'agreed');
      for (const states of [[own], [own, own]]) {
        await expect(verifyNetwork({ home, states })).rejects.toThrow(
          /^NETWORK_DIFFERS: .*: expected states of at least two of peer.hospital, .* found peer.lab/,
        );
      }
      const states = [apart.directory];
      await expect(verifyNetwork({ home, states })).rejects.toThrow(
        `FILE_MISSING: ${join(apart.directory, 'programme')} cannot be read`,
      );
    });

    test('name the peer whose member altered it, and the key, to another member', async () => {
      const registrar = 'hospital.registrar';
      await stopNode(apart.homeOf('lab'), 'peer.lab');
      await editStateOf(apart.homeOf('lab'), 'peer.lab', registrar, ['HospitalMSP', 'HospitalMSQ']);
      await startNode(apart.homeOf('lab'), 'peer.lab');
      const block = (await greatestHeight()) - 1;
      for (const id of MEMBERS) {
        await verifyNetwork({ home: apart.homeOf(id), block, keepStates: left(id, 'altered') });
      }
      const states = MEMBERS.map((id) => left(id, 'altered'));
      const [report] = await verifyNetwork({ home: apart.homeOf('manufacturer'), states });
      expect(report).toMatchObject({ same: false, blocks: { differing: 0 } });
      expect(report?.state).toMatchObject({ block, odd: ['peer.lab'] });
      const keys = report?.state?.keys.map(({ key }) => key);
      expect(keys).toContainEqual(expect.stringContaining(registrar));
    });
  });
}
