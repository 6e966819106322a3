import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { enrol, HttpSubmitter } from '#scripts';
import { describe, expect, test } from '@jest/globals';
import {
  networkStatus,
  startNode,
  stopNetwork,
  stopNode,
  upgradeNetwork,
} from '@veinledger/network';
import { nextChaincode } from '../support/next-chaincode.js';
import type { MemberId, RunningApart } from '../support/running-apart.js';
import { until } from '../support/until.js';

const OTHERS = ['hospital', 'manufacturer'] as const;
const PATIENCE_MS = 600_000;

/** What becomes of a member whom the others went on without: from sequence 2 on. */
export function leftOutChapter(apart: RunningApart): void {
  const codeOf = (version: string) => nextChaincode(join(apart.directory, version), version);
  const upgrade = (id: MemberId, chaincodeDir: string, without: readonly string[] = []) =>
    upgradeNetwork({ home: apart.homeOf(id), chaincodeDir, without, patienceMs: PATIENCE_MS });
  const goOnWithoutLab = (chaincodeDir: string) =>
    Promise.all(OTHERS.map((id) => upgrade(id, chaincodeDir, ['LabMSP'])));

  /** The ordering node that led may have gone. */
  const untilLed = () =>
    until('an ordering node to lead', async () => {
      const nodes = await Promise.all(OTHERS.map((id) => networkStatus(apart.homeOf(id))));
      return nodes.flat().some(({ leader }) => leader);
    });

  describe('a member whom the others went on without', () => {
    test('brings its peer up, and has its say once it approves', async () => {
      const chaincodeDir = await codeOf('9.9.10');
      for (const result of await goOnWithoutLab(chaincodeDir)) {
        expect(result).toMatchObject({ sequence: 3, committed: true });
      }
      await stopNetwork({ home: apart.homeOf('lab') });
      expect(await apart.up('lab')).toContainEqual(
        expect.stringContaining('LabMSP has not approved what is committed'),
      );
      expect(await upgrade('lab', chaincodeDir)).toMatchObject({ sequence: 3, committed: true });
      expect(await apart.chaincodesOf('lab')).toEqual(['chaincode.lab.3 running']);
    });

    test('twice while it was away, takes up what is committed by then and nothing in between', async () => {
      const home = apart.homeOf('lab');
      await stopNetwork({ home });
      await untilLed();
      const [skipped, latest] = [await codeOf('9.9.11'), await codeOf('9.9.12')];
      await goOnWithoutLab(skipped);
      await goOnWithoutLab(latest);
      await apart.up('lab');
      await expect(upgrade('lab', skipped)).rejects.toThrow(
        `NETWORK_DIFFERS: programme: expected version 9.9.12, which is committed at sequence 5, found version 9.9.11 in ${skipped}`,
      );
      expect(await upgrade('lab', latest)).toMatchObject({ sequence: 5, committed: true });
      expect(await apart.chaincodesOf('lab')).toEqual(['chaincode.lab.5 running']);
      const supervised = await readFile(join(home, 'supervisor.log'), 'utf8');
      expect(supervised).toContain('chaincode.lab.5');
      expect(supervised).not.toContain('chaincode.lab.4');
    });

    test('endorses again, as one of two whom a command needs', async () => {
      await stopNode(apart.homeOf('manufacturer'), 'peer.manufacturer');
      const { consortium } = apart.homes;
      const { network } = consortium.root;
      const submitter = new HttpSubmitter({ url: apart.urls.get('LabMSP') ?? '', network });
      const newcomer = { id: 'lab.newcomer', organisation: 'LabMSP', roles: ['lab' as const] };
      await expect(enrol(submitter, consortium, newcomer)).resolves.toMatchObject({
        id: newcomer.id,
      });
      await startNode(apart.homeOf('manufacturer'), 'peer.manufacturer');
    });
  });
}
