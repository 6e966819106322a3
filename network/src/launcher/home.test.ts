import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { planNetwork } from '../plan/index.js';
import { processStart } from '../processes/index.js';
import { loadProfile } from '../profile/index.js';
import { describeConnection, readConnection, writeConnection } from './connection.js';
import { writeJson } from './json.js';
import { withLock } from './lock.js';
import { readManifest, requireSame, type Manifest } from './manifest.js';
import { networkStatus } from './status.js';

const dir = mkdtempSync(join(tmpdir(), 'veinledger-home-'));
afterAll(() => rmSync(dir, { recursive: true }));

const profile = await loadProfile();
const made: Manifest = {
  v: 1,
  profile,
  portBase: 17_050,
  code: { root: 'a'.repeat(64), node: 'v24.21.0', bundle: 'b'.repeat(64) },
};

describe('the home folder of a network', () => {
  test('admits one launcher at a time', async () => {
    const home = join(dir, 'busy');
    await withLock(home, async () => {
      await expect(withLock(home, () => Promise.resolve())).rejects.toThrow(
        `launcher.lock is held by process ${process.pid}`,
      );
    });
    await expect(withLock(home, () => Promise.resolve('mine'))).resolves.toBe('mine');
  });

  test('is taken over from a launcher that died, also when its pid was used again', async () => {
    const home = join(dir, 'abandoned');
    await writeJson(join(home, 'x'), {});
    writeFileSync(join(home, 'launcher.lock'), `${process.pid} 1`);
    expect(processStart(process.pid)).not.toBe('1');
    await expect(withLock(home, () => Promise.resolve('mine'))).resolves.toBe('mine');
    expect(existsSync(join(home, 'launcher.lock'))).toBe(false);
  });

  test('has no network before one was made to the end', async () => {
    expect(await readManifest(join(dir, 'empty'))).toBeUndefined();
    await expect(networkStatus(join(dir, 'empty'))).rejects.toThrow('has no network');
  });

  test('whose network is down shows every process as down', async () => {
    const home = join(dir, 'down');
    const nowhere = { ...made, portBase: 1024 };
    await writeJson(join(home, 'network.json'), nowhere);
    expect(await readManifest(home)).toEqual(nowhere);
    const status = await networkStatus(home);
    expect(status).toHaveLength(10);
    expect(status.filter((node) => node.pid !== undefined || node.leader)).toEqual([]);
  });
});

describe('a network', () => {
  test('goes on with what it was made of', () => {
    requireSame('/home/x', made, structuredClone(made));
  });

  test.each([
    [
      'another consortium root',
      { code: { ...made.code, root: 'c'.repeat(64) } },
      'consortium root',
    ],
    ['other code', { code: { ...made.code, bundle: 'c'.repeat(64) } }, "chaincode's bundle"],
    [
      'another Node',
      { code: { ...made.code, node: 'v20.0.0' } },
      'Node version: expected v24.21.0, found v20.0.0',
    ],
    ['another first port', { portBase: 2000 }, 'first port: expected 17050, found 2000'],
    [
      'another profile',
      { profile: { ...profile, channel: 'other' } },
      'profile: it is not the one',
    ],
  ])('is not gone on with under %s', (_what, change, why) => {
    expect(() => requireSame('/home/x', made, { ...made, ...change })).toThrow(why);
  });
});

describe('the connection file', () => {
  test('tells a client peers, ordering nodes, members and the wallet', async () => {
    const home = join(dir, 'connected');
    const plan = planNetwork(profile, home, 20_000);
    const fabric = { version: '3.1.5', commit: 'abc', source: 'PATH', binDir: '/bin' } as const;
    await writeConnection(plan, describeConnection(plan, fabric, 'veinledger_0.1.0:00'));
    const connection = await readConnection(join(home, 'connection.json'));
    expect(connection.peers[0]).toEqual({
      name: 'peer.hospital',
      mspId: 'HospitalMSP',
      endpoint: '127.0.0.1:20016',
      serverName: 'peer.hospital.example',
      tlsCaCertificate: join(
        home,
        'crypto/peerOrganizations/hospital.example/tlsca/tlsca.hospital.example-cert.pem',
      ),
      operations: 'http://127.0.0.1:20018',
    });
    expect(connection.orderers).toHaveLength(4);
    expect(connection.members.map((member) => member.mspId)).toContain('CourierMSP');
    expect(connection.walletDir).toBe(join(home, 'wallet'));
  });

  test('of a network that is not up is missing', async () => {
    await expect(readConnection(join(dir, 'no', 'connection.json'))).rejects.toThrow(
      /^FILE_MISSING: .*connection.json cannot be read; is the network up\?$/,
    );
  });
});
