import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { din, type Home, homeAt } from '#scripts';
import { addressOf, here, PROGRAM, requireDone, veinledger } from '../cli/cli.fixture.js';
import { CLINICIAN, COI, COLLECTOR } from '../cli/told-therapy.fixture.js';
import { editLevel } from '../support/edit-level.js';
import { bytesIn, contentOf } from './format-0.fixture.js';
import { type HomeBefore, homeBefore, UNKEYED } from './home-before.fixture.js';

const REFUSED =
  /the ledger in \S+: expected format 1, found 0: an earlier version wrote it; 'veinledger upgrade'/u;
/** What a command tells of each database as it takes it along. */
const MOMENTS = [
  'copying it to',
  'entries copied',
  'the copy is on disk',
  'step 1 of 1',
  'format 1 is on disk',
];
const DATABASES = ["the gateway's state", 'the ledger'];
const KILLED = new URL('./killed-as-told.fixture.js', import.meta.url);

type Entry = readonly [key: string, value: string];
type Contents = readonly Readonly<Record<string, string>>[];

let before: HomeBefore;
let folder: string;
let home: Home;
let state: string;
let gateway: ChildProcess | undefined;

beforeAll(async () => {
  before = await homeBefore();
});
afterAll(() => before.remove());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-upgrade-'));
  await cp(before.folder, folder, { recursive: true });
  home = homeAt(folder);
  state = join(home.vault, 'state');
});
afterEach(async () => {
  if (gateway) await stop(gateway);
  gateway = undefined;
  await rm(folder, { recursive: true });
});

const upgrade = (...words: readonly string[]) => here('upgrade', '--home', folder, ...words);

/** The command in a process of its own, killed when it has told this of a database; what it told. */
async function killedAt(of: string, at: string): Promise<string> {
  const killing = new URL(`?${new URLSearchParams({ of, at }).toString()}`, KILLED).href;
  const words = ['--import', killing, PROGRAM, 'upgrade', '--home', folder];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const [told] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect(child.signalCode).toBe('SIGKILL');
  return told;
}

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

/** What the databases of a home hold, or their copies. */
function contentsOf(place: string, copy = ''): Promise<Contents> {
  return Promise.all(
    ['vault/state', 'ledger'].map((database) => contentOf(join(place, database + copy))),
  );
}

/** What a gateway does with the home: it shows what was recorded and what was asked for, and records. */
async function requireServed(): Promise<void> {
  const url = await start();
  const cli = (...words: readonly string[]) =>
    requireDone(here(...words, '--home', folder, '--gateway', url));
  const trace = await cli('trace', COI, ...CLINICIAN, '--json');
  const annex = /"outcome":\s*"([\w-]{43})"/u.exec(trace.out)?.[1] ?? 'none in the trace';
  expect((await cli('read', `/v1/annexes/${annex}`, ...CLINICIAN)).out).toContain('fever');
  expect((await cli('read', `/v1/jobs/${before.job}`, ...CLINICIAN)).out).toContain('succeeded');
  const sample = [din(3), '--kind', 'blood-edta', '--occasion', 'visit-3'];
  await cli('collect', COI, ...sample, ...COLLECTOR);
  if (gateway) await stop(gateway);
  const { out } = await cli('verify');
  expect(out).toMatch(/intact/u);
  expect(out).toMatch(/^differences {7}none$/mu);
}

describe('a home from before formats were written down', () => {
  test('is refused by a gateway, which names the command, and left as it was', async () => {
    const { code, err } = await veinledger('start', '--home', folder, '--port', '0');
    expect(err).toMatch(REFUSED);
    expect(code).toBe(1);
    expect(await bytesIn(state)).toContain(UNKEYED.place);
  });

  test('is shown what would be done, and nothing is done', async () => {
    const { code, out } = await upgrade('--dry-run');
    expect(out).toMatch(/the gateway's state in \S+: format 0, would be 1\n {2}forgets /u);
    expect(out).toMatch(/the ledger in \S+: format 0, would be 1\n {2}says its format/u);
    expect(code).toBe(0);
    expect(await readdir(home.vault)).not.toContain('state.format-0');
    expect(await readdir(folder)).not.toContain('ledger.format-0');
    expect(await bytesIn(state)).toContain(UNKEYED.place);
  });

  test('is taken along: vault, keys and ledger serve, and digests that anybody can compute are gone', async () => {
    const { code, out, err } = await veinledger('upgrade', '--home', folder);
    expect(err).toMatch(
      /copying it to [^]*the copy is on disk\n {2}step 1 of 1: forgets [^]*format 1 is on disk/u,
    );
    for (const name of ['state', 'ledger']) {
      expect(out).toMatch(
        new RegExp(`${name}: format 1, was 0\n  as it was: \\S+${name}\\.format-0\n`, 'u'),
      );
    }
    expect(code).toBe(0);
    expect(await bytesIn(state)).not.toContain(UNKEYED.place);
    expect(await bytesIn(`${state}.format-0`)).toContain(UNKEYED.place);
    await requireServed();
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

describe('a home from before, when the command was killed', () => {
  let upgraded: Contents;
  beforeAll(async () => {
    const whole = await mkdtemp(join(tmpdir(), 'veinledger-upgraded-'));
    await cp(before.folder, whole, { recursive: true });
    await requireDone(here('upgrade', '--home', whole));
    upgraded = await contentsOf(whole);
    await rm(whole, { recursive: true });
  });

  test.each(DATABASES.flatMap((name) => MOMENTS.map((at) => [name, at] as const)))(
    'and had told of %s …: %s, is taken along by another call, to the same',
    async (name, at) => {
      const asBefore = await contentsOf(folder);
      expect(await killedAt(`${name} in`, at)).toMatch(new RegExp(`${name}[^]*${at}.*\\n$`, 'u'));
      await requireDone(upgrade());
      expect(await contentsOf(folder)).toEqual(upgraded);
      expect(await contentsOf(folder, '.format-0')).toEqual(asBefore);
      expect(await bytesIn(state)).not.toContain(UNKEYED.place);
    },
  );
});

describe('what a process serves by one file of settings', () => {
  test('is taken along in every programme, each named', async () => {
    const places = ['north', 'south'].map((name) => join(folder, name));
    for (const place of places) await cp(before.folder, place, { recursive: true });
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
      expect(await bytesIn(join(folder, name, 'vault/state'))).not.toContain(UNKEYED.place);
    }
    // the home's own is another gateway's
    expect(await bytesIn(state)).toContain(UNKEYED.place);
  });

  test('is taken along where the ledger is a network of others, and of the ledger nothing', async () => {
    const place = 'peer.hospital.example';
    const peer = {
      mspId: 'HospitalMSP',
      endpoint: `${place}:7051`,
      serverName: place,
      tlsCa: 'tls.pem',
    };
    const reader = { mspId: 'HospitalMSP', label: 'gateway' };
    const ledger = { kind: 'fabric', channel: 'programme', peers: [peer], endorsements: 1, reader };
    const places = { root: 'consortium/root.json', wallet: 'wallet', vault: 'vault' };
    const file = join(folder, 'gateway.json');
    await writeFile(file, JSON.stringify({ environment: 'development', ...places, ledger }));
    const { out } = await requireDone(here('upgrade', '--config', file, '--json'));
    expect(JSON.parse(out)).toMatchObject({ databases: [{ folder: state, from: 0, to: 1 }] });
    expect((JSON.parse(out) as { databases: [] }).databases).toHaveLength(1);
    expect(await bytesIn(state)).not.toContain(UNKEYED.place);
  });

  test('is named where its settings do not fit', async () => {
    const file = join(folder, 'gateway.json');
    await writeFile(file, JSON.stringify({ environment: 'development', vualt: 'vault' }));
    const { code, err } = await veinledger('upgrade', '--config', file);
    expect(err).toMatch(/^WRONG_SETTINGS: .*vualt: no such setting; the nearest is vault/u);
    expect(code).toBe(2);
  });
});

/** A command's record in a ledger's state. */
async function recordIn(ledger: string): Promise<Entry> {
  const state = '!state!';
  const found = Object.entries(await contentOf(ledger)).find(
    ([key, value]) => key.startsWith(state) && value.includes('"noun":"record"'),
  );
  if (found === undefined) throw new Error(`${ledger}: expected a record, found none`);
  const [key, value] = found;
  return [key.slice(state.length), value];
}

describe('a ledger that these contracts cannot read', () => {
  test.each<[string, (entry: Entry) => Entry]>([
    [
      'whose records have another written form',
      ([key, value]) => [key, value.replace('"decision":', '"outcome":')],
    ],
    ['whose records lie under other keys', ([key, value]) => [`${key}0\0`, value]],
  ])('%s is refused before anything is changed', async (_, otherwise) => {
    const record = await recordIn(home.ledger);
    const [key, value] = otherwise(record);
    expect([key, value]).not.toEqual(record);
    await editLevel(home.ledger, 'state', record[0], () => undefined);
    await editLevel(home.ledger, 'state', key, () => value);
    const asBefore = await contentsOf(folder);
    for (const words of [[], ['--dry-run']]) {
      const { code, err } = await upgrade(...words);
      const named = key.split('\0').filter(Boolean).join(' ');
      expect(err).toContain(
        `the ledger in ${home.ledger}: expected a state that this version's contracts read, found another '${named}': it cannot be carried on; the version that wrote it goes on reading it, and this one begins in a home of its own`,
      );
      expect(code).toBe(1);
    }
    expect(await contentsOf(folder)).toEqual(asBefore);
    expect(await readdir(home.vault)).not.toContain('state.format-0');
    expect(await readdir(folder)).not.toContain('ledger.format-0');
    const verified = await here('verify', '--home', folder);
    expect([verified.code, verified.err]).toEqual([1, expect.stringMatching(REFUSED)]);
  });
});

test('a backup from before is restored in the formats of this one', async () => {
  const restored = join(folder, 'restored');
  const key = join(home.vault, 'identity.txt');
  const from = join(folder, 'backups', 'before');
  await requireDone(here('restore', '--from', from, '--to', restored, '--vault-key', key));
  expect(await bytesIn(join(from, 'state'))).toContain(UNKEYED.place);
  expect(await bytesIn(join(restored, 'vault/state'))).not.toContain(UNKEYED.place);
  const { out } = await requireDone(veinledger('upgrade', '--home', restored, '--dry-run'));
  expect(out).toContain('nothing to do');
});
