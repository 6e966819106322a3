import { join } from 'node:path';
import { blocksThrough, connectFabric, lostOf, readDecisions, tallyOf } from '#scripts';
import { describe, expect, test } from '@jest/globals';
import { readConnection, upgradeNetwork, verifyNetwork } from '@veinledger/network';
import { nextChaincode } from '../support/next-chaincode.js';
import { type MemberId, MEMBERS, type RunningApart } from '../support/running-apart.js';
import { SteadyEnrolments } from '../support/steady-enrolments.js';

/** What an upgrade costs that members make each for itself: the network's first, to version 9.9.9 at sequence 2. */
export function upgradeChapter(apart: RunningApart): void {
  describe('an upgrade in which each member acts in its own home, under steady commands', () => {
    /** Each member has a checkout of its own. */
    const checkoutOf = (id: MemberId) => join(apart.directory, 'checkouts', id);
    const upgrade = (id: MemberId) =>
      upgradeNetwork({ home: apart.homeOf(id), member: id, chaincodeDir: checkoutOf(id) });

    test('loses and doubles no command; `up` between its steps takes nothing back', async () => {
      for (const id of MEMBERS) await nextChaincode(checkoutOf(id));
      const load = new SteadyEnrolments(apart.homes.consortium, apart.urls);
      const first = await upgrade('hospital');
      expect(first).toMatchObject({ committed: false, missing: ['LabMSP', 'ManufacturerMSP'] });
      const { packageId } = first;
      expect(await upgrade('lab')).toMatchObject({ packageId, missing: ['ManufacturerMSP'] });
      expect(await upgrade('manufacturer')).toMatchObject({ packageId, committed: true });
      await Promise.all([apart.up('hospital'), apart.up('manufacturer')]);
      expect(await apart.chaincodesOf('manufacturer')).toEqual([
        'chaincode.manufacturer.2 running',
      ]);
      expect(await apart.chaincodesOf('hospital')).toEqual([
        'chaincode.hospital running',
        'chaincode.hospital.2 running',
      ]);
      const done = await Promise.all([upgrade('hospital'), upgrade('lab')]);
      expect(done).toMatchObject([{ committed: true }, { committed: true }]);

      const sent = await load.end();
      expect(sent.flatMap(({ failures }) => failures)).toEqual([]);
      const ledger = await connectFabric(
        await readConnection(join(apart.homeOf('lab'), 'connection.json')),
      );
      const decisions = await readDecisions(blocksThrough(ledger, sent));
      await ledger.close();
      expect(lostOf(sent, decisions)).toEqual([]);
      const tally = tallyOf(sent, decisions);
      expect(tally).toMatchObject({ lost: 0, doubled: 0, found: sent.length });
      expect(sent.length).toBeGreaterThan(30);
    });

    test('leaves the new process alone to every member, also after another `up`', async () => {
      await apart.up('hospital');
      for (const id of MEMBERS) {
        expect(await apart.chaincodesOf(id)).toEqual([`chaincode.${id}.2 running`]);
        const [report] = await verifyNetwork({ home: apart.homeOf(id) });
        expect(report?.code).toMatchObject({
          committed: { sequence: 2, version: '9.9.9' },
          odd: [],
        });
      }
    });

    test('is not taken back by what the founder handed over before it', async () => {
      const home = apart.homeOf('hospital');
      const from = apart.homes.handedOver;
      await expect(apart.up('hospital', { members: ['hospital'], from })).rejects.toThrow(
        `NETWORK_DIFFERS: ${from}: expected programme at sequence 2 as in ${home}, found 1`,
      );
      expect(await apart.chaincodesOf('hospital')).toEqual(['chaincode.hospital.2 running']);
    });

    test('is not noted in a home without a peer', async () => {
      const home = apart.homes.founder;
      const chaincodeDir = checkoutOf('lab');
      await expect(upgradeNetwork({ home, chaincodeDir })).rejects.toThrow(
        `FILE_MISSING: ${home}: expected a peer of a member in programme, found none`,
      );
    });
  });
}
