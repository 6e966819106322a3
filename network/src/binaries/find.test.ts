import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { isNewEnough } from './go.js';
import { cacheDir, cachedBuildDir, findFabric, PROGRAMS } from './index.js';

const dir = mkdtempSync(join(tmpdir(), 'veinledger-binaries-'));
afterAll(() => rmSync(dir, { recursive: true }));

interface Fake {
  readonly version?: string;
  readonly commit?: string;
  readonly ordererVersion?: string;
  readonly without?: string;
}

/** A folder whose programs only know their version. */
function fabricIn(folder: string, fake: Fake = {}): string {
  const { version = '3.1.5', commit = 'abcdef0', ordererVersion = version, without } = fake;
  mkdirSync(folder, { recursive: true });
  for (const program of PROGRAMS.filter((each) => each !== without)) {
    const says = program === 'orderer' ? ordererVersion : version;
    const file = join(folder, program);
    writeFileSync(
      file,
      `#!/bin/sh\necho '${program}:'\necho ' Version: v${says}'\necho ' Commit SHA: ${commit}'\n`,
    );
    chmodSync(file, 0o755);
  }
  return folder;
}

const empty = { PATH: join(dir, 'empty'), VEINLEDGER_CACHE: join(dir, 'no-cache') };

describe('Fabric', () => {
  test('is taken from FABRIC_BIN before PATH', async () => {
    const named = fabricIn(join(dir, 'named'));
    const onPath = fabricIn(join(dir, 'on-path'));
    const search = await findFabric({ env: { ...empty, FABRIC_BIN: named, PATH: onPath } });
    expect(search).toEqual({
      found: true,
      fabric: { binDir: named, source: 'FABRIC_BIN', version: '3.1.5', commit: 'abcdef0' },
    });
  });

  test('is taken from PATH when FABRIC_BIN has a version that was never tried', async () => {
    const old = fabricIn(join(dir, 'old'), { version: '2.5.0' });
    const onPath = fabricIn(join(dir, 'on-path-2'));
    const env = { ...empty, FABRIC_BIN: old, PATH: `${join(dir, 'empty')}:${onPath}` };
    const search = await findFabric({ env });
    expect(search).toMatchObject({ found: true, fabric: { binDir: onPath, source: 'PATH' } });
  });

  test('is taken from the cache when it was built before', async () => {
    const env = { ...empty, VEINLEDGER_CACHE: join(dir, 'cache') };
    const built = { version: '3.0.0', commit: '695dd57e01c2' };
    const binDir = fabricIn(join(cachedBuildDir(env), 'bin'), built);
    const search = await findFabric({ env });
    expect(search).toEqual({ found: true, fabric: { binDir, source: 'cache', ...built } });
  });

  test('that cannot be had is explained source by source', async () => {
    const search = await findFabric({ env: empty });
    expect(search).toEqual({
      found: false,
      failures: [
        { source: 'FABRIC_BIN', reason: 'FABRIC_BIN is not set' },
        { source: 'PATH', reason: 'no folder of PATH has an orderer' },
        { source: 'cache', reason: `${cachedBuildDir(empty)} does not exist` },
        { source: 'built', reason: 'Go 1.26 or newer is needed to build Fabric, found none' },
      ],
    });
  });

  test.each([
    ['another version', { version: '2.5.9' }, /expected Fabric 3.1.5 or 3.0.0 .* found 2.5.9/],
    ['3.0.0 of another commit', { version: '3.0.0' }, /found 3.0.0 \(commit abcdef0\)/],
    ['a program too few', { without: 'osnadmin' }, /has no osnadmin$/],
    ['two versions', { ordererVersion: '3.0.0' }, /mixes versions: peer 3.1.5 .* orderer 3.0.0/],
  ])('in a folder with %s is refused', async (name, fake, reason) => {
    const folder = fabricIn(join(dir, `refused ${name}`), fake);
    const search = await findFabric({ env: { ...empty, FABRIC_BIN: folder }, build: false });
    const failures = search.found ? [] : search.failures;
    expect(failures[0]?.reason).toMatch(reason);
  });

  test('is not built when Go would not verify what it downloads', async () => {
    const bin = join(dir, 'go-bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'go'), '#!/bin/sh\necho go1.26.0\necho off\n');
    chmodSync(join(bin, 'go'), 0o755);
    const search = await findFabric({ env: { ...empty, PATH: bin } });
    const failures = search.found ? [] : search.failures;
    expect(failures.at(-1)?.reason).toContain('GOSUMDB=off');
  });

  test('whose modules cannot be downloaded is a reason, and leaves no half build', async () => {
    const bin = join(dir, 'go-offline');
    mkdirSync(bin);
    const refused = 'go: github.com/hyperledger/fabric@v1: reading module: 403 Forbidden';
    writeFileSync(
      join(bin, 'go'),
      `#!/bin/sh\n[ "$1" = env ] && echo go1.26.0 && exit 0\necho '${refused}' >&2\nexit 1\n`,
    );
    chmodSync(join(bin, 'go'), 0o755);
    const cache = join(dir, 'offline-cache');
    const search = await findFabric({ env: { PATH: bin, VEINLEDGER_CACHE: cache } });
    const failures = search.found ? [] : search.failures;
    expect(failures.at(-1)).toEqual({
      source: 'built',
      reason: `go build failed (exit 1): ${refused}`,
    });
    const { readdirSync } = await import('node:fs');
    expect(readdirSync(join(cache, 'fabric'))).toEqual([]);
  });
});

describe('the cache', () => {
  test('is shared by checkouts: VEINLEDGER_CACHE, else XDG_CACHE_HOME, else the home folder', () => {
    const all = { VEINLEDGER_CACHE: '/a', XDG_CACHE_HOME: '/b', HOME: '/home/x' };
    expect(cacheDir(all)).toBe('/a');
    expect(cacheDir({ ...all, VEINLEDGER_CACHE: '' })).toBe('/b/veinledger');
    expect(cacheDir({ HOME: '/home/x' })).toBe('/home/x/.cache/veinledger');
  });
});

describe('Go', () => {
  test.each([
    ['go1.26.8', true],
    ['go1.27rc1', true],
    ['go2.0', true],
    ['go1.25.9', false],
    ['devel', false],
  ])('%s builds Fabric: %s', (version, enough) => expect(isNewEnough(version)).toBe(enough));
});
