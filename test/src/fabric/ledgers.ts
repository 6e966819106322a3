import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';
import {
  blocksThrough,
  type FaultStage,
  lostOf,
  readDecisions,
  tallyOf,
  underSteadyLoad,
} from '#scripts';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  networkStatus,
  networkTlsGroups,
  readConnection,
  requireFabric,
  startNetwork,
  startNode,
  stopNode,
  upgradeNetwork,
  verifyNetwork,
  type UpgradeResult,
} from '@veinledger/network';
import { createCertificateAuthority, issueTlsCertificate } from '@veinledger/network/identities';
import { ClassicLevel } from 'classic-level';
import { nextChaincode } from '../support/next-chaincode.js';
import type { UnderLoad } from './under-load.fixture.js';

/** What is so of every ledger of a network, and who is named where it is not. The last test alters a peer's state. */
export function ledgersChapter(opened: () => UnderLoad): void {
  let directory: string;
  let home: string;
  let stage: FaultStage;

  beforeAll(() => {
    ({ directory, stage } = opened());
    home = join(directory, 'network');
  });

  describe('the listeners of a network', () => {
    test('all negotiate X25519MLKEM768, for clients and among ordering nodes', async () => {
      const groups = await networkTlsGroups(home);
      const found = groups.map(({ node, use, group }) => `${node} ${use} ${group ?? 'none'}`);
      const orderers = ['hospital', 'lab', 'manufacturer', 'regulator'].flatMap((id) => [
        `orderer.${id} client X25519MLKEM768`,
        `orderer.${id} cluster X25519MLKEM768`,
      ]);
      const peers = ['hospital', 'lab', 'manufacturer'].map(
        (id) => `peer.${id} client X25519MLKEM768`,
      );
      expect(found.sort()).toEqual([...orderers, ...peers].sort());
    });
  });

  describe("Fabric's own program as a client", () => {
    test('connects to a server that accepts X25519MLKEM768 and no other group', async () => {
      const { authorityFile, handshakes, port, close } = await hybridServer();
      try {
        const args = ['snapshot', 'listpending', '--channelID', 'programme'];
        const at = ['--peerAddress', `127.0.0.1:${port}`, '--tlsRootCertFile', authorityFile];
        // nobody answers behind the handshake
        await expect(runPeer([...args, ...at])).rejects.toThrow('snapshot');
        expect(handshakes()).toBeGreaterThan(0);
      } finally {
        close();
      }
    });

    async function hybridServer() {
      const authority = await createCertificateAuthority('LabMSP', 'hybrid only');
      const issued = await issueTlsCertificate({
        ...{ authority, commonName: 'localhost', ipAddresses: ['127.0.0.1'] },
      });
      const authorityFile = join(directory, 'hybrid-ca.pem');
      await writeFile(authorityFile, authority.certificate);
      let count = 0;
      const server = createServer({
        ...{ cert: issued.certificate, key: issued.privateKey },
        ...{ ecdhCurve: 'X25519MLKEM768', minVersion: 'TLSv1.3', ALPNProtocols: ['h2'] },
      });
      server.on('secureConnection', (socket) => {
        count += 1;
        socket.destroy();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      return { authorityFile, port, handshakes: () => count, close: () => server.close() };
    }
  });

  describe("members' ledgers", () => {
    test('are the same, block by block and key by key, and so is their code', async () => {
      const [report] = await verifyNetwork({ home });
      expect(report).toMatchObject({
        channel: 'programme',
        same: true,
        blocks: { differing: 0, damaged: [], failures: {} },
        state: { compared: ['peer.hospital', 'peer.lab', 'peer.manufacturer'], differing: 0 },
        code: { committed: { sequence: 1 }, odd: [] },
      });
      expect(report?.blocks.height).toBeGreaterThan(10);
      const bundles = report?.code.members.map(({ code }) => code?.bundle);
      expect(new Set(bundles).size).toBe(1);
    });

    test('can be compared by a member without a peer, as far as blocks go', async () => {
      const [report] = await verifyNetwork({ home, member: 'payer' });
      expect(report).toMatchObject({ same: true, state: undefined, code: { members: [] } });
      expect(Object.keys(report?.blocks.heights ?? {})).toHaveLength(3);
    });
  });

  describe('an upgrade under five signed commands a second', () => {
    let result: UpgradeResult;
    const chaincodes = async () =>
      (await networkStatus(home))
        .filter(({ kind, state }) => kind === 'chaincode' && state !== 'stopped')
        .map(({ name, pid }) => (pid === undefined ? `${name} down` : name));

    test('loses and doubles no command; each member approves for itself, the last one commits', async () => {
      const chaincodeDir = await nextChaincode(join(directory, 'next'));
      const upgrade = (member: string) => upgradeNetwork({ home, chaincodeDir, member });
      const sent = await underSteadyLoad(stage, async (load) => {
        await load.acknowledged(10);
        const first = await upgrade('hospital');
        expect(first).toMatchObject({ committed: false, missing: ['LabMSP', 'ManufacturerMSP'] });
        const { packageId } = first;
        expect(await upgrade('lab')).toMatchObject({ packageId, missing: ['ManufacturerMSP'] });
        result = await upgrade('manufacturer');
        await startNetwork({ home });
        expect(await chaincodes()).toEqual([
          ...['chaincode.hospital', 'chaincode.hospital.2', 'chaincode.lab', 'chaincode.lab.2'],
          'chaincode.manufacturer.2',
        ]);
        expect(await upgrade('hospital')).toMatchObject({ packageId, committed: true });
        expect(await upgrade('lab')).toMatchObject({ packageId, committed: true });
        await load.acknowledged(10);
      });
      const decisions = await readDecisions(blocksThrough(stage.ledger, sent));
      expect(lostOf(sent, decisions)).toEqual([]);
      const tally = tallyOf(sent, decisions);
      expect(tally).toMatchObject({ lost: 0, doubled: 0, found: tally.acknowledged });
      expect(tally.acknowledged).toBe(sent.length);
      expect(tally.acknowledged).toBeGreaterThan(30);
    });

    test('leaves the new processes alone, and every member with the new code', async () => {
      expect(result).toMatchObject({ version: '9.9.9', sequence: 2, committed: true });
      expect(await chaincodes()).toEqual([
        ...['chaincode.hospital.2', 'chaincode.lab.2', 'chaincode.manufacturer.2'],
      ]);
      const [report] = await verifyNetwork({ home });
      expect(report?.code).toMatchObject({ committed: { sequence: 2, version: '9.9.9' }, odd: [] });
      expect(report?.code.members.map(({ approved }) => approved?.packageId)).toEqual(
        Array.from({ length: 3 }, () => result.packageId),
      );
    });

    test('is not begun when the channel runs that code already', async () => {
      const chaincodeDir = join(directory, 'next');
      const again = await upgradeNetwork({ home, chaincodeDir });
      expect(again).toMatchObject({ sequence: 2, packageId: result.packageId, committed: true });
    });

    test('to a package that the members did not agree on is refused', async () => {
      await expect(
        upgradeNetwork({ home, packageId: `veinledger_0.1.0:${'0'.repeat(64)}` }),
      ).rejects.toThrow(
        /^CODE_NOT_APPROVED: programme: expected veinledger_0.1.0:0{64}, found that/,
      );
    });
  });

  describe('a member that approved a package of its own making', () => {
    test('is named, and commands go on without its endorsement', async () => {
      const own = `veinledger_9.9.9:${'1'.repeat(64)}`;
      await approveAsLab(own);
      const [report] = await verifyNetwork({ home });
      expect(report).toMatchObject({
        same: false,
        blocks: { differing: 0 },
        code: { odd: ['LabMSP'] },
      });
      const lab = report?.code.members.find(({ mspId }) => mspId === 'LabMSP');
      expect(lab).toMatchObject({ approved: { packageId: own }, code: undefined });
      const sent = await underSteadyLoad(stage, (load) => load.acknowledged(6));
      expect(sent.every(({ acknowledged }) => acknowledged !== undefined)).toBe(true);
      expect(sent.length).toBeGreaterThan(5);
    });

    /** With Fabric's own program, as the laboratory's administrator. */
    async function approveAsLab(packageId: string): Promise<void> {
      const { orderers } = await readConnection(join(home, 'connection.json'));
      const orderer = orderers.find(({ mspId }) => mspId === 'LabMSP');
      if (!orderer) throw new Error('the laboratory has no ordering node');
      const peers = ['HospitalMSP', 'LabMSP', 'ManufacturerMSP'].map((mspId) => `'${mspId}.peer'`);
      await runPeer([
        ...['lifecycle', 'chaincode', 'approveformyorg', '--channelID', 'programme'],
        ...['--name', 'veinledger', '--version', '9.9.9', '--sequence', '2'],
        ...['--signature-policy', `OutOf(2, ${peers.join(', ')})`, '--package-id', packageId],
        ...['--orderer', orderer.endpoint, '--tls', '--cafile', orderer.tlsCaCertificate],
      ]);
    }
  });

  describe('a peer whose state database was edited on disk', () => {
    test('is named, with the key, while its blocks are the same', async () => {
      await stopNode(home, 'peer.lab');
      const key = await editState(join(home, 'members/lab/data/peer.lab/ledgersData/stateLeveldb'));
      await startNode(home, 'peer.lab');
      const [report] = await verifyNetwork({ home });
      expect(report).toMatchObject({ same: false, blocks: { differing: 0 } });
      expect(report?.state).toMatchObject({ differing: 1, odd: ['peer.lab'] });
      expect(report?.state?.keys).toMatchObject([{ namespace: 'veinledger', key }]);
      const [states] = report?.state?.keys.map((each) => each.states) ?? [];
      expect(states?.map(({ peer }) => peer)).toContain('peer.lab');
      expect(states?.[0]?.version).toEqual(states?.[1]?.version);
      expect(states?.[0]?.valueDigest).not.toBe(states?.[1]?.valueDigest);
    });

    /** Makes another member of the one that the sample's record names; gives the record's key. */
    async function editState(folder: string): Promise<string> {
      const database = new ClassicLevel<Buffer, Buffer>(folder, {
        ...{ createIfMissing: false, keyEncoding: 'buffer', valueEncoding: 'buffer' },
      });
      await database.open();
      try {
        for await (const [key, value] of database.iterator()) {
          const namespaced = key.toString('utf8');
          const record = value.toString('latin1');
          if (!namespaced.includes(stage.sample.item) || !record.includes('HospitalMSP')) continue;
          await database.put(
            key,
            Buffer.from(record.replace('HospitalMSP', 'HospitalMSQ'), 'latin1'),
          );
          return namespaced.slice(namespaced.indexOf('dveinledger\0') + 'dveinledger\0'.length);
        }
        throw new Error(`expected the record of ${stage.sample.item}, found none`);
      } finally {
        await database.close();
      }
    }
  });

  /** Runs Fabric's `peer` as the laboratory's administrator. */
  async function runPeer(args: readonly string[]): Promise<void> {
    const member = join(home, 'members/lab');
    const env = {
      FABRIC_CFG_PATH: join(member, 'config/peer.lab'),
      CORE_PEER_MSPCONFIGPATH: join(member, 'identities/admin/msp'),
    };
    const { binDir } = await requireFabric();
    await promisify(execFile)(join(binDir, 'peer'), args, { env });
  }
}
