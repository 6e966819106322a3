import { describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const SHIM = new URL('./shim.js', import.meta.url).href;
const FIXTURE = new URL('./ledger.fixture.js', import.meta.url).href;
const run = (script: string) =>
  promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: new URL('.', import.meta.url),
  });

describe('a process that loads the contract API', () => {
  test('still dies of an unhandled rejection', async () => {
    const script = `await import('${SHIM}'); Promise.reject(new Error('bug')); setTimeout(() => {}, 1000);`;
    await expect(run(script)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Error: bug/) as unknown,
    });
  });

  test('still dies of an uncaught exception', async () => {
    const script = `await import('${SHIM}'); setTimeout(() => { throw new Error('bug'); }); setTimeout(() => {}, 1000);`;
    await expect(run(script)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Error: bug/) as unknown,
    });
  });

  test('keeps TLS 1.3 for its own connections', async () => {
    const script = `await import('${SHIM}');
      const { CIPHER_SUITES } = await import('@grpc/grpc-js/build/src/tls-helpers.js');
      console.log(String(process.env.GRPC_SSL_CIPHER_SUITES), String(CIPHER_SUITES));`;
    const { stdout } = await run(script);
    expect(stdout).toBe('undefined undefined\n');
  });

  test('prints nothing of what a contract answers', async () => {
    const script = `const { openSamplesLedger } = await import('${FIXTURE}');
      const samples = await openSamplesLedger();
      for (const name of ['PutThenFail', 'NoSuchTransaction']) {
        await samples.ledger.submit(samples.call(name, 'key')).catch(() => undefined);
      }
      await samples.remove();`;
    expect(await run(script)).toEqual({ stdout: '', stderr: '' });
  });
});
