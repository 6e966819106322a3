import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { foundDeployment, settingsIn } from './deployed.fixture.js';

const GATEWAY = dirname(createRequire(import.meta.url).resolve('@veinledger/gateway/package.json'));

/** A Node that knows neither ML-DSA nor what came with Node 24. */
const OLDER_NODE = `data:text/javascript,${encodeURIComponent(`
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
crypto.createPublicKey = () => { throw new TypeError('Unsupported key type'); };
delete globalThis.AsyncDisposableStack;
syncBuiltinESMExports();`)}`;

let folder: string;
let settings: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-check-'));
  const { home } = await foundDeployment(folder);
  settings = settingsIn(home);
});
afterAll(() => rm(folder, { recursive: true }));

async function check(more: object, ...node: readonly string[]) {
  const file = join(folder, 'gateway.json');
  await writeFile(file, JSON.stringify({ ...settings, ...more }));
  const main = join(GATEWAY, 'dist', 'main.js');
  const child = spawn(process.execPath, [...node, main, '--config', file, '--check'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code: child.exitCode, out, err };
}

describe('a check of the settings', () => {
  test('is content with files that are as they should be', async () => {
    expect(await check({})).toMatchObject({ code: 0, err: '' });
  });

  test.each([
    [{ root: 'none.json' }, 'root', 'a consortium root', 'none.json'],
    [{ root: 'gateway.json' }, 'root', 'a consortium root', 'gateway.json'],
    [{ wallet: 'nowhere' }, 'wallet', 'an identity of a founding member', 'nowhere'],
    [{ tls: { certificate: 'c.pem', privateKey: 'k.pem' } }, 'tls', 'a certificate', 'c.pem'],
    [{ vault: 'gateway.json/vault' }, 'vault', 'a folder', ''],
    [{ keystore: 'gateway.json' }, 'keystore', 'a folder', 'no folder'],
    [
      { telemetry: { endpoint: 'http://127.0.0.1:4318', headers: 'none' } },
      'telemetry.headers',
      'name=value',
      'none',
    ],
    [{ backups: { folder: 'gateway.json' } }, 'backups.folder', 'a folder', 'no folder'],
    [
      {
        ledger: {
          kind: 'embedded',
          directory: 'ledger',
          organisation: 'HospitalMSP',
          authorities: 'nowhere',
        },
      },
      'ledger.authorities',
      'HospitalMSP.pem',
      'nowhere',
    ],
    [
      {
        ledger: {
          kind: 'fabric',
          channel: 'programme',
          endorsements: 1,
          reader: { mspId: 'HospitalMSP', label: 'nobody' },
          peers: [
            { mspId: 'HospitalMSP', endpoint: 'h:1', serverName: 'h', tlsCa: 'gateway.json' },
          ],
        },
      },
      'ledger.peers.0.tlsCa',
      'PEM',
      'no X.509 certificate',
    ],
  ])('names the setting whose file is not: %j', async (more, setting, expected, found) => {
    const { code, out, err } = await check(more);
    const line = err.split('\n').find((each) => each.startsWith(`${setting}: expected `));
    expect(line).toContain(expected);
    expect(line?.split(', found ').at(-1)).toContain(found);
    expect([code, out]).toEqual([1, '']);
  });

  test('names every fault at once, and quotes no file', async () => {
    await copyFile(join(folder, 'gateway.json'), join(folder, 'secret.pem'));
    await writeFile(join(folder, 'secret.pem'), 'not to be shown');
    const tls = { certificate: 'secret.pem', privateKey: 'secret.pem' };
    const { err } = await check({ tls, root: 'secret.pem' });
    expect(err).toMatch(/^tls: .*\n(?:.*\n)*root: |^root: .*\n(?:.*\n)*tls: /m);
    expect(err).not.toContain('not to be shown');
  });

  test('on a Node without ML-DSA says which Node is needed, and how it is run', async () => {
    const { code, out, err } = await check({}, '--import', OLDER_NODE);
    expect(err).toMatch(
      /^Node \S+ with OpenSSL \S+ has no native ML-DSA-65: .*npm start.*node_modules\/\.bin\/node/,
    );
    expect([code, out]).toEqual([1, '']);
  });
});
