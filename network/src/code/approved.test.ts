import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from './code.js';
import {
  describeCode,
  packageChaincode,
  requireApprovedCode,
  type ChaincodeStart,
} from './index.js';

const dir = mkdtempSync(join(tmpdir(), 'veinledger-approved-'));
afterAll(() => rmSync(dir, { recursive: true }));

const files = {
  packageFile: join(dir, 'chaincode.tgz'),
  bundleFile: join(dir, 'chaincode.cjs'),
  rootFile: join(dir, 'root.json'),
};
const BUNDLE = 'exports.contracts = [];';
let start: ChaincodeStart;

beforeEach(async () => {
  writeFileSync(files.bundleFile, BUNDLE);
  writeFileSync(files.rootFile, '{"v":1}');
  const code = await describeCode(Buffer.from(BUNDLE), files.rootFile);
  const { id, bytes } = await packageChaincode('veinledger', '0.1.0', code);
  writeFileSync(files.packageFile, bytes);
  start = { name: 'chaincode.lab', packageId: id, ...files, nodeProgram: process.execPath };
});

describe('what may be started as chaincode', () => {
  test('is the approved bundle on the approved Node with the approved root', async () => {
    await expect(requireApprovedCode(start)).resolves.toBeUndefined();
  });

  test('is no bundle with one changed byte', async () => {
    writeFileSync(files.bundleFile, BUNDLE.replace('[', '{'));
    const [expected, found] = [BUNDLE, BUNDLE.replace('[', '{')].map((text) =>
      sha256(Buffer.from(text)),
    );
    await expect(requireApprovedCode(start)).rejects.toThrow(
      `CODE_NOT_APPROVED: chaincode.lab is not started: ${start.packageId} stands for other code. ` +
        `bundle: expected ${expected ?? ''}, found ${found ?? ''} (${files.bundleFile})`,
    );
  });

  test('is no other consortium', async () => {
    writeFileSync(files.rootFile, '{"v":2}');
    await expect(requireApprovedCode(start)).rejects.toThrow(
      /^CODE_NOT_APPROVED: .*\. root: expected [0-9a-f]{64}, found [0-9a-f]{64} \([^)]+root.json\)$/,
    );
  });

  test('is no other Node', async () => {
    const other = join(dir, 'node');
    writeFileSync(other, '#!/bin/sh\necho v24.99.0\n', { mode: 0o755 });
    await expect(requireApprovedCode({ ...start, nodeProgram: other })).rejects.toThrow(
      `. node: expected ${process.version}, found v24.99.0 (${other})`,
    );
  });

  test('is no package that this member made anew for other code under the approved id', async () => {
    const changed = BUNDLE.replace('[', '{');
    writeFileSync(files.bundleFile, changed);
    const code = await describeCode(Buffer.from(changed), files.rootFile);
    const own = await packageChaincode('veinledger', '0.1.0', code);
    writeFileSync(files.packageFile, own.bytes);
    await expect(requireApprovedCode(start)).rejects.toThrow(
      `CODE_NOT_APPROVED: package: expected ${start.packageId}, found the digest`,
    );
    await expect(requireApprovedCode({ ...start, packageId: own.id })).resolves.toBeUndefined();
  });
});
