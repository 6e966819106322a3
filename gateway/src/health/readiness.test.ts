import { mkdir, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '@veinledger/ledger/embedded/certificates.fixture';
import { Readiness, type ReadinessParts } from './readiness.js';

describe('whether a gateway can serve', () => {
  let parts: ReadinessParts;
  beforeEach(async () => {
    const authority = await createAuthority('Harbour Hospital CA');
    const identity = await authority.issue('HospitalMSP');
    parts = {
      lifecycle: { closing: false },
      ledger: { height: () => Promise.resolve(1) },
      folder: await mkdtemp(join(tmpdir(), 'veinledger-ready-')),
      reader: () => identity,
    };
  });
  afterEach(() => rm(parts.folder, { recursive: true, force: true }));

  const missing = (changed: Partial<ReadinessParts> = {}) =>
    new Readiness({ ...parts, ...changed }).missing();

  test('is so when ledger, disk and certificate hold', async () => {
    expect(await missing()).toEqual([]);
  });

  test('tells which part does not', async () => {
    expect(await missing({ ledger: { height: () => Promise.reject(new Error('peer1')) } })).toEqual(
      ['ledger'],
    );
    expect(await missing({ lifecycle: { closing: true } })).toEqual(['lifecycle']);
    expect(await missing({ reader: () => ({ ...parts.reader(), certificate: 'none' }) })).toEqual([
      'wallet',
    ]);
    const none = () => {
      throw new Error('the wallet holds none');
    };
    expect(await missing({ reader: none })).toEqual(['wallet']);
    await rm(parts.folder, { recursive: true });
    expect(await missing()).toEqual(['disk']);
    await mkdir(parts.folder);
  });
});
