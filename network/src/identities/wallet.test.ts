import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import {
  createCertificateAuthority,
  issueMemberIdentities,
  readWallet,
  writeWallet,
} from './index.js';

const dir = await mkdtemp(join(tmpdir(), 'veinledger-wallet-'));
afterAll(() => rm(dir, { recursive: true }));

const authority = await createCertificateAuthority('HospitalMSP', 'ca.hospital.example');
const entries = await issueMemberIdentities({
  mspId: 'HospitalMSP',
  authority,
  roles: ['patient', 'nurse', 'registrar'],
});

describe("a member's wallet", () => {
  test('holds one identity per role and a relay, and none for patients', () => {
    expect(entries.map((entry) => entry.label)).toEqual(['nurse', 'registrar', 'relay']);
  });

  test('is read as it was written', async () => {
    await writeWallet(dir, entries);
    const wallet = await readWallet(dir);
    expect(wallet.entries).toEqual(entries);
    expect(wallet.get('HospitalMSP', 'nurse')).toEqual(entries[0]?.identity);
  });

  test('lets nobody but its owner read a private key', async () => {
    await writeWallet(dir, entries);
    const { mode } = await stat(join(dir, 'HospitalMSP', 'nurse', 'key.pem'));
    expect(mode & 0o777).toBe(0o600);
  });

  test('names what it holds when an identity is missing', async () => {
    await writeWallet(dir, entries);
    const wallet = await readWallet(dir);
    expect(() => wallet.get('HospitalMSP', 'courier')).toThrow(
      'expected HospitalMSP/courier, found nurse, registrar, relay of HospitalMSP',
    );
  });

  test('does not write outside its folder', async () => {
    const [first] = entries;
    if (first === undefined) throw new Error('no identity was issued');
    await expect(writeWallet(dir, [{ ...first, label: '../nurse' }])).rejects.toThrow(
      "expected a plain file name, found '../nurse'",
    );
  });
});
