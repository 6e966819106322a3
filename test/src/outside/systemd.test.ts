import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readDeployFile } from '../support/deploy-files.js';
import { programIn } from './program.js';

const UNIT = 'veinledger-gateway.service';
const LAUNCHER = '/opt/veinledger/bin/veinledger-gateway';
/** of 100, in tenths of what systemd prints; it calls up to 40 OK */
const EXPOSURE = 20;

let folder: string;
let unit: string;

/** The unit as it ships, but for the launcher, which is not installed here. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-systemd-'));
  unit = join(folder, UNIT);
  const text = await readDeployFile(`systemd/${UNIT}`);
  expect(text).toContain(`ExecStart=${LAUNCHER} --config`);
  await writeFile(unit, text.replaceAll(LAUNCHER, process.execPath));
});
afterAll(() => rm(folder, { recursive: true }));

const analyze = (...args: readonly string[]) =>
  promisify(execFile)(programIn('VEINLEDGER_SYSTEMD_ANALYZE'), [...args, unit]);

describe('the unit', () => {
  test('is one that systemd takes without a word', async () => {
    expect(await analyze('verify', '--man=no')).toEqual({ stdout: '', stderr: '' });
  });

  test('leaves the gateway little of the machine', async () => {
    const { stdout } = await analyze('security', '--offline=true', `--threshold=${EXPOSURE}`);
    expect(stdout).toMatch(/Overall exposure level for veinledger-gateway\.service: [01]\.\d OK/);
  });
});
