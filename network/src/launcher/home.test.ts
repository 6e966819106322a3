import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { HomeFiles, planNetwork, withPorts } from '../plan/index.js';
import { ProcessRecords, processStart } from '../processes/index.js';
import { loadProfile } from '../profile/index.js';
import { readConnection, writeConnections } from './connection.js';
import { homeNeeds } from './home-needs.js';
import { writeJson } from './json.js';
import { withLock } from './lock.js';
import { readManifest, requireSame, type Manifest } from './manifest.js';
import { networkStatus } from './status.js';
import { verifyNetwork } from './verify.js';

const dir = mkdtempSync(join(tmpdir(), 'veinledger-home-'));
afterAll(() => rmSync(dir, { recursive: true }));

const profile = await loadProfile();
const code = { root: 'a'.repeat(64), node: 'v24.21.0', bundle: 'b'.repeat(64) };
const programme = { name: 'programme', version: '0.1.0', sequence: 1, code };
const made: Manifest = { v: 2, apart: false, profile, channels: [programme] };
const networked: Manifest = { ...made, profile: withPorts(profile, profile.portBase) };

describe('the home folder of a network', () => {
  test('is compared for none but its members, whether Fabric is there or not', async () => {
    const home = join(dir, 'compared');
    await writeJson(new HomeFiles(home).shared.manifest, networked);
    await expect(verifyNetwork({ home, member: 'nobody' })).rejects.toThrow(
      `FILE_MISSING: ${home}: expected a member of nobody, found none`,
    );
  });

  test('admits one launcher at a time', async () => {
    const home = join(dir, 'busy');
    const other = process.ppid;
    await writeJson(join(home, 'x'), {});
    writeFileSync(join(home, 'launcher.lock'), `${other} ${processStart(other) ?? ''}`);
    await expect(withLock(home, () => Promise.resolve())).rejects.toThrow(
      `launcher.lock is held by process ${other}`,
    );
  });

  test('has a launcher do one thing after the other, also what nobody waits for any more', async () => {
    const home = join(dir, 'in turn');
    const done: string[] = [];
    let end: () => void = () => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    const cutOff = withLock(home, async () => {
      await over;
      done.push('cut off');
      throw new Error('it failed');
    });
    const failed = expect(cutOff).rejects.toThrow('it failed');
    const next = ['second', 'third'].map((name) =>
      withLock(home, () => Promise.resolve(done.push(name))),
    );
    end();
    await Promise.all([failed, ...next]);
    expect(done).toEqual(['cut off', 'second', 'third']);
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

  test('of another version says which, and is taken for no damage', async () => {
    const home = join(dir, 'of another version');
    const file = join(home, 'shared', 'network.json');
    for (const [v, why] of [
      [3, 'a later version wrote it'],
      [1, 'a network of that version cannot be carried on'],
    ] as const) {
      await writeJson(file, { ...made, v });
      await expect(readManifest(home)).rejects.toThrow(`${file}: expected v 2, found ${v}: ${why}`);
    }
    await writeJson(file, { ...made, v: 'two' });
    await expect(readManifest(home)).rejects.toThrow(`${file} is damaged`);
  });

  test('names the members whose ordering nodes have no authority for administration', async () => {
    const home = join(dir, 'before administration');
    expect(await homeNeeds(home)).toBeUndefined();
    await writeJson(join(home, 'shared', 'network.json'), networked);
    const [first, second, ...rest] = planNetwork(networked.profile, home).members;
    for (const { files } of [first, second, ...rest].flatMap((each) => each ?? [])) {
      await writeJson(join(files.public.dir, 'member.json'), {});
    }
    await writeJson(first?.files.administration.certificate ?? '', {});
    const owners = rest.filter(({ orderer }) => orderer !== undefined);
    const lacking = [second, ...owners].flatMap((each) => each?.member.id ?? []);
    expect(await homeNeeds(home)).toEqual({ administration: lacking, running: false });
    const files = second?.files ?? planNetwork(networked.profile, home).files.member('');
    const start = processStart(process.pid) ?? '';
    const own = { name: 'orderer', pid: process.pid, start, command: 'orderer', args: [] };
    new ProcessRecords(files.records).write(own);
    expect(await homeNeeds(home)).toEqual({ administration: lacking, running: true });
  });

  test('whose network is down shows every process as down', async () => {
    const home = join(dir, 'down');
    const nowhere = { ...made, profile: withPorts(profile, 1024) };
    await writeJson(join(home, 'shared', 'network.json'), nowhere);
    for (const { files } of planNetwork(nowhere.profile, home).members)
      mkdirSync(files.dir, { recursive: true });
    expect(await readManifest(home)).toEqual(nowhere);
    const status = await networkStatus(home);
    expect(status).toHaveLength(16);
    expect(status.filter((node) => node.pid !== undefined || node.leader)).toEqual([]);
  });
});

describe('a network', () => {
  test('goes on with what it was made of', () => {
    const roots = { programme: code.root };
    requireSame('/home/x', networked, { profile, portBase: profile.portBase, roots });
    requireSame('/home/x', networked, { roots: {} });
  });

  test.each([
    [
      'another consortium root',
      { roots: { programme: 'c'.repeat(64) } },
      'consortium root of programme: expected aaaaaaaaaaaaaaaa, found cccccccccccccccc',
    ],
    ['another first port', { portBase: 2000, roots: {} }, 'first port: expected 17050, found 2000'],
    [
      'another profile',
      { profile: { ...profile, name: 'other' }, roots: {} },
      'profile: it is not the one',
    ],
  ])('is not gone on with under %s', (_what, wanted, why) => {
    expect(() => requireSame('/home/x', networked, wanted)).toThrow(why);
  });
});

describe('the connection file', () => {
  test('tells a client peers, ordering nodes, members and the wallet', async () => {
    const home = join(dir, 'connected');
    const plan = planNetwork({ ...profile, portBase: 20_000 }, home);
    const fabric = { version: '3.1.5', commit: 'abc', source: 'PATH', binDir: '/bin' } as const;
    const packageId = 'veinledger_0.1.0:00';
    const channels = new Map([['programme', [{ ...programme, packageId }]]]);
    await writeConnections(plan, { fabric, fabricCa: fabric, channels }, plan.members);
    const connection = await readConnection(join(home, 'connection.json'));
    expect(connection.peers[0]).toEqual({
      name: 'peer.hospital',
      mspId: 'HospitalMSP',
      endpoint: '127.0.0.1:20004',
      serverName: 'peer.hospital.example',
      tlsCaCertificate: join(home, 'shared/members/hospital/tlsca-cert.pem'),
      operations: 'http://127.0.0.1:20006',
    });
    expect(connection.orderers).toHaveLength(4);
    expect(connection.members.map((member) => member.mspId)).toContain('CourierMSP');
    expect(connection.channels[0]?.chaincode).toMatchObject({ packageId, sequence: 1 });
    expect(connection.members[0]?.walletDir).toBe(join(home, 'members/hospital/wallet'));
  });

  test('of one member knows the wallet of no other', async () => {
    const { members } = await readConnection(
      join(dir, 'connected', 'members', 'lab', 'connection.json'),
    );
    const known = members.filter(({ walletDir }) => walletDir !== undefined);
    expect(known.map(({ id }) => id)).toEqual(['lab']);
  });

  test('of a network that is not up is missing', async () => {
    await expect(readConnection(join(dir, 'no', 'connection.json'))).rejects.toThrow(
      /^FILE_MISSING: .*connection.json cannot be read; is the network up\?$/,
    );
  });
});
