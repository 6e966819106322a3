import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { bundleChaincode } from './index.js';

const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'veinledger-bundle-'));
afterAll(() => rmSync(dir, { recursive: true }));

const small = join(dir, 'small', 'chaincode');

beforeEach(() => {
  rmSync(small, { recursive: true, force: true });
  mkdirSync(join(small, 'dist', 'domain'), { recursive: true });
  symlinkSync(join(CHECKOUT, 'node_modules'), join(small, 'node_modules'));
  writeFileSync(join(small, 'package.json'), '{"name":"small","version":"1.0.0"}');
  writeFileSync(join(small, 'dist', 'index.js'), `export * from './domain/time.js';`);
  writeFileSync(join(small, 'dist', 'domain', 'time.js'), 'export const contracts = [];');
});

describe('the bundle of the chaincode', () => {
  test('has the same bytes in another folder, and says nothing of either', async () => {
    const elsewhere = join(dir, 'a longer', 'way', 'to');
    const here = await bundleChaincode(join(CHECKOUT, 'chaincode'));
    const packages = ['chaincode', 'chaincode/domain'];
    const built = packages.flatMap((name) => [`${name}/package.json`, `${name}/dist`]);
    for (const part of [...built, ...modulesIn(here)]) {
      const way = { recursive: true, verbatimSymlinks: true };
      cpSync(join(CHECKOUT, part), join(elsewhere, part), way);
    }
    const there = await bundleChaincode(join(elsewhere, 'chaincode'));
    expect(there.equals(here)).toBe(true);
    for (const path of [CHECKOUT, dir]) expect(here.includes(path)).toBe(false);
  });

  test('changes with any file that it loads, and with no other', async () => {
    const before = await bundleChaincode(small);
    writeFileSync(join(small, 'dist', 'domain', 'time.test.js'), 'a test is not loaded');
    expect((await bundleChaincode(small)).equals(before)).toBe(true);
    writeFileSync(join(small, 'dist', 'domain', 'time.js'), 'export const contracts = [ ];//');
    expect((await bundleChaincode(small)).equals(before)).toBe(true);
    writeFileSync(join(small, 'dist', 'domain', 'time.js'), 'export const contracts = [1];');
    expect((await bundleChaincode(small)).equals(before)).toBe(false);
  });

  test('cannot be made before the chaincode is built', async () => {
    rmSync(join(small, 'dist'), { recursive: true });
    await expect(bundleChaincode(small)).rejects.toThrow(
      `FILE_MISSING: ${join(small, 'dist/index.js')} cannot be bundled; is it built?`,
    );
  });
});

/** The installed modules that a bundle is made from, as paths in the checkout: those it holds, and those declared. */
function modulesIn(bundle: Buffer): Set<string> {
  const named = /^ *\/\/ (\.\.\/)?(node_modules\/(?:@[^/]+\/)?[^/]+)\//gm;
  const held = [...bundle.toString('utf8').matchAll(named)].map(
    ([, up, path]) => `${up === undefined ? 'chaincode/' : ''}${path ?? ''}`,
  );
  const about = JSON.parse(readFileSync(join(CHECKOUT, 'chaincode/package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const declared = Object.keys(about.dependencies)
    .flatMap((name) => [`chaincode/node_modules/${name}`, `node_modules/${name}`])
    .filter((path) => existsSync(join(CHECKOUT, path)));
  return new Set([...held, ...declared]);
}
