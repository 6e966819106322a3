import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, link, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, PROGRAM } from './cli.fixture.js';

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-launcher-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a call of the program loads, as the URLs of its modules. */
async function loadedBy(...words: readonly string[]): Promise<readonly string[]> {
  const coverage = await mkdtemp(join(folder, 'loaded-'));
  const env = { ...process.env, NODE_V8_COVERAGE: coverage };
  await run(process.execPath, [PROGRAM, ...words], { cwd: folder, env });
  const [file = ''] = await readdir(coverage);
  const { result } = JSON.parse(await readFile(join(coverage, file), 'utf8')) as {
    readonly result: readonly { readonly url: string }[];
  };
  return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
}

describe('the program', () => {
  test('loads for the list of commands what reads options, and nothing of a ledger', async () => {
    const loaded = await loadedBy('--help');
    expect(loaded.some((url) => url.includes('/commander/'))).toBe(true);
    expect(loaded.filter((url) => /\/(zod|chaincode|domain|client|network)\//u.test(url))).toEqual(
      [],
    );
  });

  test('loads for the list of a network’s commands none of them, and nothing of a ledger', async () => {
    const loaded = await loadedBy('network', '--help');
    expect(loaded.some((url) => url.endsWith('/network/dist/cli/program.js'))).toBe(true);
    expect(
      loaded.filter((url) =>
        /\/(zod|chaincode|domain|client|@grpc|launcher|cli\/up\.js)\b/u.test(url),
      ),
    ).toEqual([]);
  });

  test('loads for one command neither a ledger nor a gateway nor other commands', async () => {
    const loaded = await loadedBy('trace', '--help');
    expect(loaded.some((url) => url.endsWith('/cli/dist/commands/trace.js'))).toBe(true);
    expect(
      loaded.filter((url) => /\/(gateway\/dist|ledger|network)\/|commands\/enrol\.js/u.test(url)),
    ).toEqual([]);
  });

  test('that was never built says how it is', async () => {
    const bin = join(folder, 'unbuilt', 'bin');
    await mkdir(bin, { recursive: true });
    await copyFile(PROGRAM, join(bin, 'veinledger.mjs'));
    const failed: unknown = await run(process.execPath, [join(bin, 'veinledger.mjs')]).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('npm ci') });
  });
});

describe('called by another Node', () => {
  let other: string;

  beforeAll(async () => {
    other = join(folder, 'node');
    await link(process.execPath, other).catch(() => copyFile(process.execPath, other));
  });

  test('it starts itself again under the Node that was installed beside it', async () => {
    const { stdout } = await run(other, [PROGRAM, 'completion', 'bash'], { cwd: folder });
    expect(stdout).toContain(`veinledger() { '${process.execPath}' '${PROGRAM}'`);
  });

  test('it gives back the exit code', async () => {
    await expect(run(other, [PROGRAM, 'certify'])).rejects.toMatchObject({ code: 2 });
  });

  test('it hands signals on, and ends when what it started has ended', async () => {
    const args = [PROGRAM, 'start', '--home', join(folder, 'home'), '--port', '0'];
    const child: ChildProcess = spawn(other, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await addressOf(child);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(fetch(`${url}/health/ready`)).rejects.toThrow('fetch failed');
  });
});
