import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readConfigFile } from './config-file.js';
import { deploymentFrom } from './config.js';
import { programmesFrom } from './programmes.js';

const EXAMPLE = new URL('../../../docs/gateway.example.json', import.meta.url).pathname;
const PROGRAMMES = new URL('../../../docs/gateway-programmes.example.json', import.meta.url)
  .pathname;

describe('a configuration file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-config-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const written = async (text: string) => {
    const file = join(folder, 'gateway.json');
    await writeFile(file, text);
    return readConfigFile(file);
  };

  test('of several programmes holds as it ships, its files named from where it lies', async () => {
    const { programmes } = programmesFrom(await readConfigFile(PROGRAMMES), {});
    expect(Object.keys(programmes)).toEqual(['melanoma', 'glioblastoma']);
    const docs = dirname(PROGRAMMES);
    expect(programmes['melanoma']).toMatchObject({
      port: 8443,
      vault: join(docs, 'melanoma/vault'),
      exchange: {
        members: [
          {
            tlsCa: join(docs, 'exchange/manufacturer.pem'),
            crl: join(docs, 'exchange/manufacturer.crl.pem'),
          },
        ],
      },
      ledger: { peers: [{ tlsCa: join(docs, 'tls/hospital-south.pem') }, {}] },
    });
  });

  test('names its files from where it lies itself', async () => {
    const ledger = { peers: [{ tlsCa: 'ca.pem' }, { tlsCa: '/etc/ca.pem' }] };
    expect(await written(JSON.stringify({ vault: 'data/vault', wallet: '/w', ledger }))).toEqual({
      vault: join(folder, 'data/vault'),
      wallet: '/w',
      ledger: { peers: [{ tlsCa: join(folder, 'ca.pem') }, { tlsCa: '/etc/ca.pem' }] },
    });
  });

  test.each([
    ['{"vault": "/secret",\n "wallet" /w}', /gateway\.json: expected JSON/],
    ['["vault"]', /gateway\.json: expected a JSON object of settings/],
  ])('that is none is named, and not quoted: %s', async (text, message) => {
    const error: unknown = await written(text).catch((reason: unknown) => reason);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain('secret');
  });

  test('with a member that checks of shape would pass over is refused', async () => {
    const file = join(folder, 'prototype.json');
    await writeFile(file, '{"programmes":{"__proto__":{"root":"other.json"}}}');
    await expect(readConfigFile(file)).rejects.toThrow(/a member is named __proto__/);
  });

  test('that is not there is named', async () => {
    await expect(readConfigFile(join(folder, 'none.json'))).rejects.toThrow(
      /none\.json: .*cannot be read/,
    );
  });

  test('is shown by an example that a gateway starts from', async () => {
    const example = deploymentFrom(await readConfigFile(EXAMPLE), {});
    expect(example).toMatchObject({ environment: 'production', ledger: { kind: 'embedded' } });
    const shown = Object.keys(JSON.parse(await readFile(EXAMPLE, 'utf8')) as object);
    const schema = Object.keys(example);
    // what the example leaves out has a default that nobody has to change, or comes from elsewhere
    const silent = [
      'host',
      'journal',
      'state',
      'behindProxy',
      'orphanGraceMinutes',
      'logLevel',
      'requestSeconds',
      'unlockMinutes',
      'developmentIssuer',
      'events',
      'webhooks',
    ];
    expect(schema.filter((each) => !shown.includes(each) && !silent.includes(each))).toEqual([]);
  });
});
