import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { digestCode, packageChaincode, type ChaincodeCode } from './index.js';

const dir = mkdtempSync(join(tmpdir(), 'veinledger-package-'));
afterAll(() => rmSync(dir, { recursive: true }));

const rootFile = join(dir, 'root.json');
const chaincodeDir = join(dir, 'chaincode');

beforeEach(() => {
  rmSync(chaincodeDir, { recursive: true, force: true });
  mkdirSync(join(chaincodeDir, 'dist', 'domain'), { recursive: true });
  writeFileSync(rootFile, '{"v":1}');
  writeFileSync(join(chaincodeDir, 'package.json'), '{"main":"dist/index.js"}');
  writeFileSync(join(chaincodeDir, 'dist', 'index.js'), 'export const contracts = [];');
  writeFileSync(join(chaincodeDir, 'dist', 'domain', 'time.js'), 'export const day = 1;');
});

async function idOf(code?: ChaincodeCode): Promise<string> {
  const digest = code ?? (await digestCode(chaincodeDir, rootFile));
  return (await packageChaincode('veinledger', '0.1.0', digest)).id;
}

describe("the chaincode's package id", () => {
  test('is the same for the same code, Node and root', async () => {
    expect(await idOf()).toBe(await idOf());
    expect(await idOf()).toMatch(/^veinledger_0\.1\.0:[0-9a-f]{64}$/);
  });

  test('does not depend on the machine', async () => {
    const code = { root: '00', node: 'v24.21.0', chaincode: '11' };
    expect(await idOf(code)).toBe(
      'veinledger_0.1.0:71ea2d7f8adce6e74baadabc206076d11eb759aabd7bab49287baaced0d14374',
    );
  });

  test.each([
    [
      'a rule of the domain',
      () => writeFileSync(join(chaincodeDir, 'dist', 'domain', 'time.js'), ''),
    ],
    ['what the package loads', () => writeFileSync(join(chaincodeDir, 'package.json'), '{}')],
    ['the consortium root', () => writeFileSync(rootFile, '{"v":2}')],
    [
      'a process definition',
      () => {
        mkdirSync(join(chaincodeDir, 'processes'));
        writeFileSync(join(chaincodeDir, 'processes', 'pcv-mrna.json'), '{}');
      },
    ],
  ])('changes with %s', async (_what, change) => {
    const before = await idOf();
    change();
    expect(await idOf()).not.toBe(before);
  });

  test('does not change with tests, maps and declarations, which are never loaded', async () => {
    const before = await idOf();
    for (const file of ['index.js.map', 'index.d.ts', 'index.test.js', '.tsbuildinfo']) {
      writeFileSync(join(chaincodeDir, 'dist', file), file);
    }
    expect(await idOf()).toBe(before);
  });

  test('cannot be told before the chaincode is built', async () => {
    rmSync(join(chaincodeDir, 'dist'), { recursive: true });
    await expect(digestCode(chaincodeDir, rootFile)).rejects.toThrow(
      `FILE_MISSING: chaincode: ${join(chaincodeDir, 'dist')} cannot be read; is it built?`,
    );
  });
});

describe('the package', () => {
  test('holds the approved code beside metadata that Fabric reads', async () => {
    const code = await digestCode(chaincodeDir, rootFile);
    const { bytes } = await packageChaincode('veinledger', '0.1.0', code);
    const outer = gunzipSync(bytes);
    expect(outer.includes('{"type":"ccaas","label":"veinledger_0.1.0"}')).toBe(true);
    const inner = gunzipSync(outer.subarray(512));
    expect(inner.includes(JSON.stringify(code))).toBe(true);
  });
});
