import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { isNewEnough } from './go.js';
import {
  cacheDir,
  cachedBuildDir,
  describeBinaries,
  FABRIC,
  FABRIC_CA,
  findFabric,
  findFabricCa,
  requireFabric,
  type Distribution,
} from './index.js';
import { FABRIC_VERSIONS, type Candidate } from './pinned.js';
import { REFUSAL_MS } from './refusal.js';

const dir = mkdtempSync(join(tmpdir(), 'veinledger-binaries-'));
afterAll(() => rmSync(dir, { recursive: true }));

const [newest, older] = FABRIC_VERSIONS as readonly [Candidate, Candidate];

interface Fake {
  readonly distribution?: Distribution;
  readonly version?: string;
  readonly commit?: string;
  readonly ordererVersion?: string;
  readonly without?: string;
}

/** A folder whose programs only know their version. */
function fabricIn(folder: string, fake: Fake = {}): string {
  const { version = '3.1.5', commit = 'abcdef0', ordererVersion = version } = fake;
  const { distribution = FABRIC, without } = fake;
  for (const program of distribution.programs.filter((each) => each !== without)) {
    const says = program === 'orderer' ? ordererVersion : version;
    const lines = [`${program}:`, ` Version: v${says}`, ` Commit SHA: ${commit}`];
    script(folder, program, `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')}`);
  }
  return folder;
}

function script(folder: string, name: string, body: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
  return folder;
}

/** A Go that is new enough, and whose downloads all fail as it says. */
function goThatFails(name: string, complaint: string): string {
  const log = join(dir, name, 'calls');
  const folder = script(
    join(dir, name),
    'go',
    `echo "$1 $2 $3" >>'${log}'\n[ "$1" = env ] && echo go1.26.8 && exit 0\necho '${complaint}' >&2\nexit 1`,
  );
  return folder;
}

const REFUSED = 'go: github.com/hyperledger/fabric@v1: reading module: 403 Forbidden';
const empty = { PATH: join(dir, 'empty'), VEINLEDGER_CACHE: join(dir, 'no-cache') };

async function failuresOf(env: Record<string, string>, build = true) {
  const search = await findFabric({ env, build });
  return search.found ? [] : search.failures;
}

describe('Fabric', () => {
  test('is taken from FABRIC_BIN before PATH', async () => {
    const named = fabricIn(join(dir, 'named'));
    const onPath = fabricIn(join(dir, 'on-path'));
    const search = await findFabric({ env: { ...empty, FABRIC_BIN: named, PATH: onPath } });
    expect(search).toEqual({
      found: true,
      fabric: { binDir: named, source: 'FABRIC_BIN', version: '3.1.5', commit: 'abcdef0' },
      passed: [],
    });
  });

  test('is taken from PATH when FABRIC_BIN has a version that was never tried', async () => {
    const old = fabricIn(join(dir, 'old'), { version: '2.5.0' });
    const onPath = fabricIn(join(dir, 'on-path-2'));
    const env = { ...empty, FABRIC_BIN: old, PATH: `${join(dir, 'empty')}:${onPath}` };
    const search = await findFabric({ env });
    expect(search).toMatchObject({
      found: true,
      fabric: { binDir: onPath, source: 'PATH' },
      passed: [{ source: 'FABRIC_BIN', reason: expect.stringContaining('found 2.5.0') }],
    });
  });

  test('is taken from the cache when it was built before, 3.1.5 first', async () => {
    const env = { ...empty, VEINLEDGER_CACHE: join(dir, 'cache') };
    const built = { version: '3.0.0', commit: '695dd57e01c2' };
    const binDir = fabricIn(join(cachedBuildDir(FABRIC, older, env), 'bin'), built);
    const before = await findFabric({ env });
    expect(before).toMatchObject({ found: true, fabric: { binDir, source: 'cache', ...built } });
    const newer = fabricIn(join(cachedBuildDir(FABRIC, newest, env), 'bin'));
    const after = await findFabric({ env });
    expect(after).toMatchObject({ found: true, fabric: { binDir: newer, version: '3.1.5' } });
  });

  test('that cannot be had is explained source by source', async () => {
    expect(await failuresOf(empty)).toEqual([
      { source: 'FABRIC_BIN', reason: 'FABRIC_BIN is not set' },
      { source: 'PATH', reason: 'no folder of PATH has orderer' },
      {
        source: 'cache',
        version: '3.1.5',
        reason: `${cachedBuildDir(FABRIC, newest, empty)} does not exist`,
      },
      {
        source: 'cache',
        version: '3.0.0',
        reason: `${cachedBuildDir(FABRIC, older, empty)} does not exist`,
      },
      {
        source: 'built',
        version: '3.1.5',
        reason: 'Go 1.26.4 or newer is needed to build Fabric 3.1.5, found none',
      },
      {
        source: 'built',
        version: '3.0.0',
        reason: 'Go 1.26 or newer is needed to build Fabric 3.0.0, found none',
      },
    ]);
  });

  test('that cannot be had names the three ways to get it', async () => {
    await expect(requireFabric({ env: empty })).rejects.toThrow(
      /^FABRIC_NOT_FOUND: no source has Fabric 3\.1\.5 or 3\.0\.0 .*set FABRIC_BIN .*into PATH.*install Go 1\.26 or newer, /s,
    );
  });

  test.each([
    ['another version', { version: '2.5.9' }, /expected Fabric 3.1.5 or 3.0.0 .* found 2.5.9/],
    ['3.0.0 of another commit', { version: '3.0.0' }, /found 3.0.0 \(commit abcdef0\)/],
    ['a program too few', { without: 'osnadmin' }, /has no osnadmin$/],
    ['two versions', { ordererVersion: '3.0.0' }, /mixes versions: peer 3.1.5 .* orderer 3.0.0/],
  ])('in a folder with %s is refused', async (name, fake, reason) => {
    const folder = fabricIn(join(dir, `refused ${name}`), fake);
    const [first] = await failuresOf({ ...empty, FABRIC_BIN: folder }, false);
    expect(first?.reason).toMatch(reason);
  });
});

describe('a build of Fabric', () => {
  test('is not made when Go would not verify what it downloads', async () => {
    const PATH = script(join(dir, 'go-off'), 'go', 'echo go1.26.8\necho off');
    expect((await failuresOf({ ...empty, PATH })).at(-1)?.reason).toContain('GOSUMDB=off');
  });

  test('whose modules are refused is a reason for each version, and leaves no half build', async () => {
    const PATH = goThatFails('go-refused', REFUSED);
    const cache = join(dir, 'refused-cache');
    const failures = await failuresOf({ PATH, VEINLEDGER_CACHE: cache });
    expect(failures.filter(({ source }) => source === 'built')).toEqual([
      { source: 'built', version: '3.1.5', reason: REFUSED },
      { source: 'built', version: '3.0.0', reason: REFUSED },
    ]);
    const left = readdirSync(join(cache, 'fabric'));
    expect(left.every((name) => name.endsWith('.refused.json'))).toBe(true);
  });

  test('is not asked for again for a day after a refusal, which stays known', async () => {
    const PATH = goThatFails('go-asked', REFUSED);
    const env = { PATH, VEINLEDGER_CACHE: join(dir, 'asked-cache') };
    const downloads = () =>
      readFileSync(join(PATH, 'calls'), 'utf8')
        .split('\n')
        .filter((call) => call.startsWith('mod '));
    await failuresOf(env);
    const failures = await failuresOf(env);
    expect(failures.at(-1)?.reason).toMatch(/^refused at 20.*403 Forbidden/);
    expect(failures.find(({ source }) => source === 'cache')?.reason).toMatch(/403 Forbidden/);
    expect(downloads()).toHaveLength(2);

    const file = `${cachedBuildDir(FABRIC, newest, env)}.refused.json`;
    const at = new Date(Date.now() - REFUSAL_MS - 1000).toISOString();
    writeFileSync(file, JSON.stringify({ at, reason: 'long ago' }));
    await failuresOf(env);
    expect(downloads()).toHaveLength(3);
  });

  test('is tried again at once after a failure that is no refusal', async () => {
    const PATH = goThatFails('go-offline', 'go: dial tcp: lookup proxy: no such host');
    const env = { PATH, VEINLEDGER_CACHE: join(dir, 'offline-cache') };
    expect((await failuresOf(env)).at(-1)?.reason).toMatch(
      /^go mod download failed .*no such host/,
    );
    expect(readdirSync(join(dir, 'offline-cache', 'fabric'))).toEqual([]);
  });

  test('goes on to the older version when the newest is refused', async () => {
    const refused = `case "$*" in *${newest.version}*) echo '${REFUSED}' >&2; exit 1;; esac`;
    const made = fabricIn(join(dir, 'made'), { version: '3.0.0', commit: '695dd57' });
    const copy = `[ "$1" = build ] && mkdir bin && cp '${made}'/* bin/`;
    const go = script(
      join(dir, 'go-older'),
      'go',
      `[ "$1" = env ] && echo go1.26.8 && exit 0\n${refused}\n${copy}\nexit 0`,
    );
    const env = { PATH: `${go}:/usr/bin:/bin`, VEINLEDGER_CACHE: join(dir, 'older-cache') };
    const search = await findFabric({ env });
    expect(search).toMatchObject({
      found: true,
      fabric: { source: 'built', version: '3.0.0' },
      passed: expect.arrayContaining([{ source: 'built', version: '3.1.5', reason: REFUSED }]),
    });
  });

  test('clears away what a build left that was killed, and leaves one that may still run', async () => {
    const PATH = goThatFails('go-killed', REFUSED);
    const env = { PATH, VEINLEDGER_CACHE: join(dir, 'killed-cache') };
    const target = cachedBuildDir(FABRIC, older, env);
    const [dead, running] = [`${target}.building-dead`, `${target}.building-now`];
    for (const folder of [dead, running]) mkdirSync(folder, { recursive: true });
    const hourAgo = new Date(Date.now() - 3600_000);
    utimesSync(dead, hourAgo, hourAgo);
    await failuresOf(env);
    const left = readdirSync(join(target, '..')).filter((name) => name.includes('.building-'));
    expect(left.map((name) => join(target, '..', name))).toEqual([running]);
  });
});

describe('Fabric CA', () => {
  test('is taken from FABRIC_CA_BIN before FABRIC_BIN', async () => {
    const fake = { distribution: FABRIC_CA, version: '1.5.22', commit: '' };
    const own = fabricIn(join(dir, 'ca-own'), fake);
    const shared = fabricIn(join(dir, 'ca-shared'), fake);
    const both = { ...empty, FABRIC_CA_BIN: own, FABRIC_BIN: shared };
    expect(await findFabricCa({ env: both })).toMatchObject({ fabric: { binDir: own } });
    const one = { ...empty, FABRIC_BIN: shared };
    expect(await findFabricCa({ env: one })).toMatchObject({
      fabric: { binDir: shared, source: 'FABRIC_BIN', version: '1.5.22', commit: '' },
    });
  });

  test('is not built without a C compiler', async () => {
    const PATH = script(
      join(dir, 'go-no-cc'),
      'go',
      'echo go1.26.8\necho sum.golang.org\necho gcc',
    );
    const search = await findFabricCa({ env: { ...empty, PATH } });
    expect(search.found ? undefined : search.failures.at(-1)?.reason).toBe(
      'a C compiler is needed to build Fabric CA 1.5.22, found no gcc',
    );
  });
});

test('what is in use is told with why not what comes before', async () => {
  const FABRIC_BIN = fabricIn(join(dir, 'told'), { commit: '86c1172' });
  fabricIn(FABRIC_BIN, { distribution: FABRIC_CA, version: '1.5.22', commit: '' });
  expect(await describeBinaries({ env: { ...empty, FABRIC_BIN } })).toEqual([
    `Fabric 3.1.5 (commit 86c1172) from FABRIC_BIN, ${FABRIC_BIN}`,
    `Fabric CA 1.5.22 from FABRIC_BIN, ${FABRIC_BIN}`,
    '  not from FABRIC_CA_BIN: FABRIC_CA_BIN is not set',
  ]);
});

describe('the cache', () => {
  test('is shared by checkouts: VEINLEDGER_CACHE, else XDG_CACHE_HOME, else the home folder', () => {
    const all = { VEINLEDGER_CACHE: '/a', XDG_CACHE_HOME: '/b', HOME: '/home/x' };
    expect(cacheDir(all)).toBe('/a');
    expect(cacheDir({ ...all, VEINLEDGER_CACHE: '' })).toBe('/b/veinledger');
    expect(cacheDir({ HOME: '/home/x' })).toBe('/home/x/.cache/veinledger');
  });

  test('has another place for another set of programs', () => {
    const fewer = { ...FABRIC, programs: FABRIC.programs.slice(1) };
    expect(cachedBuildDir(fewer, older)).not.toBe(cachedBuildDir(FABRIC, older));
  });
});

describe('Go', () => {
  test.each([
    ['go1.26.8', '1.26', true],
    ['go1.26.4', '1.26.4', true],
    ['go1.27rc1', '1.26.4', true],
    ['go2.0', '1.26.4', true],
    ['go1.26.3', '1.26.4', false],
    ['go1.25.9', '1.26', false],
    ['devel', '1.26', false],
  ])('%s builds what needs %s: %s', (version, least, enough) =>
    expect(isNewEnough(version, least)).toBe(enough),
  );
});
