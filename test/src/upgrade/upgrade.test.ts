import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Home } from '#scripts';
import { homeAt } from '#scripts';
import { addressOf, PROGRAM, requireDone, veinledger } from '../cli/cli.fixture.js';
import { bytesIn, COI, entriesOf, homeBefore, homeOf010, UNKEYED } from './home-before.fixture.js';

const REFUSED =
  /the ledger in \S+: expected format 1, found 0: an earlier version wrote it; 'veinledger upgrade'/u;

let made: string;
let folder: string;
let home: Home;
let state: string;
let gateway: ChildProcess | undefined;

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'veinledger-before-'));
  await homeBefore(made);
});
afterAll(() => rm(made, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-upgrade-'));
  await cp(made, folder, { recursive: true });
  home = homeAt(folder);
  state = join(home.vault, 'state');
});
afterEach(async () => {
  if (gateway) await stop(gateway);
  gateway = undefined;
  await rm(folder, { recursive: true });
});

const upgrade = (...words: readonly string[]) => veinledger('upgrade', '--home', folder, ...words);

async function start(): Promise<string> {
  const words = [PROGRAM, 'start', '--home', folder, '--port', '0'];
  gateway = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  return addressOf(gateway);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  await ended;
}

/** What a gateway does with the home: it shows what was recorded, and records. */
async function requireServed(): Promise<void> {
  const url = await start();
  const cli = (...words: readonly string[]) =>
    requireDone(veinledger(...words, '--home', folder, '--gateway', url));
  const trace = await cli('trace', COI, '--as', 'clinic.clinician', '--json');
  const annex = /"outcome":\s*"([\w-]{43})"/u.exec(trace.out)?.[1] ?? 'none in the trace';
  const read = await cli('read', `/v1/annexes/${annex}`, '--as', 'clinic.clinician');
  expect(read.out).toContain('fever');
  await cli('receive', COI, 'H1234260000428', '--as', 'lab.technician');
  if (gateway) await stop(gateway);
}

describe('the home of the version before formats were written down', () => {
  test('is refused by a gateway, which names the command, and left as it was', async () => {
    const { code, err } = await veinledger('start', '--home', folder, '--port', '0');
    expect(err).toMatch(REFUSED);
    expect(code).toBe(1);
    expect(await bytesIn(state)).toContain(UNKEYED);
  });

  test('is shown what would be done, and nothing is done', async () => {
    const { code, out } = await upgrade('--dry-run');
    expect(out).toMatch(/the gateway's state in \S+: format 0, would be 1\n {2}forgets /u);
    expect(out).toMatch(/the ledger in \S+: format 0, would be 1\n {2}says its format/u);
    expect(code).toBe(0);
    expect(await readdir(home.vault)).not.toContain('state.format-0');
    expect(await readdir(folder)).not.toContain('ledger.format-0');
    expect(await bytesIn(state)).toContain(UNKEYED);
  });

  test('is taken along: vault, keys and ledger serve, and digests that anybody can compute are gone', async () => {
    const { code, out, err } = await upgrade();
    expect(err).toMatch(
      /copying it to [^]*the copy is on disk\n {2}step 1 of 1: forgets [^]*format 1 is on disk/u,
    );
    for (const name of ['state', 'ledger']) {
      expect(out).toMatch(
        new RegExp(`${name}: format 1, was 0\n  as it was: \\S+${name}\\.format-0\n`, 'u'),
      );
    }
    expect(code).toBe(0);
    expect(await bytesIn(state)).not.toContain(UNKEYED);
    expect(await bytesIn(`${state}.format-0`)).toContain(UNKEYED);
    await requireServed();
    const verified = await requireDone(veinledger('verify', '--home', folder));
    expect(verified.out).toMatch(/intact/u);
    const again = await upgrade('--json');
    expect(JSON.parse(again.out)).toMatchObject({
      databases: [
        { folder: state, from: 1, to: 1, steps: [] },
        { folder: home.ledger, from: 1, to: 1, steps: [] },
      ],
    });
    expect((await upgrade()).out).toContain('nothing to do');
    expect(await readdir(folder)).not.toContain('ledger.format-1');
  });

  test('is taken along again when the command was killed as it began', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'upgrade', '--home', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'exit');
    child.stderr.once('data', () => child.kill('SIGKILL'));
    await ended;
    await requireDone(upgrade());
    expect(await bytesIn(state)).not.toContain(UNKEYED);
    expect(await bytesIn(`${state}.format-0`)).toContain(UNKEYED);
    await requireServed();
  });

  test('is left alone while a gateway has it open', async () => {
    await requireDone(upgrade());
    await start();
    for (const words of [[], ['--dry-run']]) {
      const { code, err } = await upgrade(...words);
      expect(err).toContain('expected nobody to have it open, found it open in another process');
      expect(code).toBe(1);
    }
  });

  test('is as it was where its copies are put back', async () => {
    await requireDone(upgrade());
    for (const place of [state, home.ledger]) {
      await rm(place, { recursive: true });
      await rename(`${place}.format-0`, place);
    }
    const { code, err } = await veinledger('start', '--home', folder, '--port', '0');
    expect(err).toMatch(REFUSED);
    expect(code).toBe(1);
    await requireDone(upgrade());
    await requireServed();
  });
});

describe('what a process serves by one file of settings', () => {
  test('is taken along in every programme, each named', async () => {
    const places = ['north', 'south'].map((name) => join(folder, name));
    for (const place of places) await cp(made, place, { recursive: true });
    const programme = (name: string) => ({
      root: `${name}/consortium/root.json`,
      wallet: `${name}/wallet`,
      vault: `${name}/vault`,
      ledger: {
        kind: 'embedded',
        directory: `${name}/ledger`,
        organisation: 'HospitalMSP',
        authorities: `${name}/consortium/authorities`,
      },
    });
    const programmes = { north: programme('north'), south: programme('south') };
    const file = join(folder, 'gateway.json');
    await writeFile(file, JSON.stringify({ environment: 'development', programmes }));
    const { out } = await requireDone(veinledger('upgrade', '--config', file));
    for (const name of ['north', 'south']) {
      expect(out).toContain(`${name}: the gateway's state in ${join(folder, name, 'vault/state')}`);
      expect(out).toContain(`${name}: the ledger in ${join(folder, name, 'ledger')}`);
      expect(await bytesIn(join(folder, name, 'vault/state'))).not.toContain(UNKEYED);
    }
    // the home's own is another gateway's
    expect(await bytesIn(state)).toContain(UNKEYED);
  });

  test('is named where its settings do not fit', async () => {
    const file = join(folder, 'gateway.json');
    await writeFile(file, JSON.stringify({ environment: 'development', vualt: 'vault' }));
    const { code, err } = await veinledger('upgrade', '--config', file);
    expect(err).toMatch(/^WRONG_SETTINGS: .*vualt: no such setting; the nearest is vault/u);
    expect(code).toBe(2);
  });
});

describe('the home of 0.1.0, whose ledger these contracts cannot read', () => {
  test('is not taken along and not served, and nothing of it is changed', async () => {
    const old = await homeOf010(join(folder, 'old'));
    const before = await entriesOf(old.ledger);
    for (const words of [[], ['--dry-run']]) {
      const { code, err } = await veinledger('upgrade', '--home', old.directory, ...words);
      expect(err).toMatch(
        /the ledger in \S+: expected a state that this version's contracts read/u,
      );
      expect(err).toMatch(/found another 'organisation \w+': it cannot be carried on/u);
      expect(code).toBe(1);
    }
    const verified = await veinledger('verify', '--home', old.directory);
    expect([verified.code, verified.err]).toEqual([1, expect.stringMatching(REFUSED)]);
    expect(await entriesOf(old.ledger)).toEqual(before);
    expect(await readdir(old.directory)).toEqual(['consortium', 'ledger', 'vault']);
  });
});

test('a backup of the version before is restored in the formats of this one', async () => {
  const restored = join(folder, 'restored');
  const key = join(home.vault, 'identity.txt');
  const from = join(folder, 'backups', 'before');
  await requireDone(veinledger('restore', '--from', from, '--to', restored, '--vault-key', key));
  expect(await bytesIn(join(from, 'state'))).toContain(UNKEYED);
  expect(await bytesIn(join(restored, 'vault/state'))).not.toContain(UNKEYED);
  const { out } = await requireDone(veinledger('upgrade', '--home', restored, '--dry-run'));
  expect(out).toContain('nothing to do');
});
