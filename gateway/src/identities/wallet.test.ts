import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Role } from '@veinledger/domain';
import { Wallets, type X509Identity } from 'fabric-network';
import { pino } from 'pino';
import type { Caller } from '../auth/caller.js';
import { generateActorKeys } from '@veinledger/client/node';
import type { SubmitterIdentity } from '@veinledger/ledger';
import { SubmitterWallet } from './wallet.js';
import { readWalletIdentity } from './wallet-files.js';
import { type WalletFolder, walletFolder } from './wallet.fixture.js';
import { WalletWatch } from './wallet-watch.js';

const keys = generateActorKeys().public;
const actor = (organisation: string, ...roles: readonly Role[]): Caller => ({
  id: 'somebody',
  organisation,
  roles,
  keys,
});
const NAMES = ['nurse', 'clinician', 'relay', 'auditor', 'registrar'] as const;
const MEMBER_OF = {
  nurse: 'HospitalMSP',
  clinician: 'HospitalMSP',
  relay: 'LabMSP',
  auditor: 'RegulatorMSP',
  registrar: 'RegulatorMSP',
} as const;

let folder: WalletFolder;
let issued: Record<(typeof NAMES)[number], SubmitterIdentity>;
let wallet: SubmitterWallet;
let now: number;
beforeEach(async () => {
  now = Date.parse('2026-11-22T13:07:00.000Z');
  folder = await walletFolder();
  const entries = [];
  for (const name of NAMES) entries.push([name, await folder.issue(MEMBER_OF[name], name)]);
  issued = Object.fromEntries(entries) as typeof issued;
  wallet = await SubmitterWallet.read(folder.directory, () => now);
});
afterEach(() => folder.remove());

describe('the identity that submits', () => {
  test("is the actor's organisation's, of a role that both type and actor name", () => {
    const chosen = wallet.forCommand(actor('HospitalMSP', 'nurse', 'clinician'), ['clinician']);
    expect(chosen).toEqual(issued.clinician);
  });

  test("is any member's relay for a patient, whatever the patient's hospital", () => {
    const chosen = wallet.forCommand(actor('HospitalMSP', 'patient'), ['patient']);
    expect(chosen).toEqual(issued.relay);
  });

  test('may stand in a file that fabric-network’s wallet wrote', async () => {
    const { mspId, certificate, privateKey } = issued.auditor;
    const library = await Wallets.newFileSystemWallet(folder.directory);
    const credentials = { certificate, privateKey };
    const identity: X509Identity = { type: 'X.509', mspId, credentials };
    await library.put('pathologist', identity);
    expect(await wallet.refresh()).toBe(true);
    const chosen = wallet.forCommand(actor(mspId, 'pathologist'), ['pathologist']);
    expect(chosen).toEqual(issued.auditor);
    await writeFile(join(folder.directory, 'pathologist.id'), '{}');
    await expect(wallet.refresh()).rejects.toThrow(
      'wallet pathologist.id: expected an X.509 identity',
    );
  });

  test('is none for who has no role that the type names', () => {
    expect(() => wallet.forCommand(actor('HospitalMSP', 'nurse'), ['clinician'])).toThrow(
      /^ROLE_MISSING/,
    );
  });

  test('is none for a member that this gateway does not speak for', () => {
    expect(() => wallet.forCommand(actor('CourierMSP', 'courier'), ['courier'])).toThrow(
      /^NO_IDENTITY/,
    );
  });

  test('is never a relay for what nobody says as a patient', () => {
    expect(() => wallet.forReading(actor('LabMSP', 'lab'))).toThrow(/^NO_IDENTITY/);
    expect(() => wallet.ofAnyMember(['LabMSP'])).toThrow(/^NO_IDENTITY/);
    const both = actor('HospitalMSP', 'patient', 'nurse');
    expect(wallet.forCommand(both, ['nurse'])).toEqual(issued.nurse);
    expect(wallet.forCommand(both, ['patient'])).toEqual(issued.relay);
  });

  test('reads as an auditor for an auditor', () => {
    const chosen = wallet.forReading(actor('RegulatorMSP', 'registrar', 'auditor'));
    expect(chosen).toEqual(issued.auditor);
  });

  test('is none whose certificate does not hold any more', () => {
    now = Date.parse('2036-01-01T00:00:00.000Z');
    expect(() => wallet.forReading(actor('HospitalMSP', 'nurse'))).toThrow(/^IDENTITY_EXPIRED/);
    expect(() => wallet.ofAnyMember(['HospitalMSP'])).toThrow(/^IDENTITY_EXPIRED/);
  });

  test.each([
    ['2036-01-01T00:00:00.000Z', 'LabMSP/relay, which ended on 2036-01-01T00:00:00.000Z'],
    ['2025-01-01T00:00:00.000Z', 'LabMSP/relay, which begins on 2026-01-01T00:00:00.000Z'],
  ])('is refused at %s with the times of those that there are', (at, found) => {
    now = Date.parse(at);
    let refused: unknown;
    try {
      wallet.forReading(actor('HospitalMSP', 'patient'));
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({
      details: { expected: `an identity of relay that holds at ${at}`, found },
    });
  });
});

describe('a gateway that starts with identities whose certificates do not hold', () => {
  test('is told which, and when they ended', () => {
    now = Date.parse('2036-02-01T00:00:00.000Z');
    const started = () => wallet.requireAnyMember(['HospitalMSP', 'LabMSP']);
    const ended = 'which ended on 2036-01-01T00:00:00.000Z';
    expect(started).toThrow(
      `wallet ${folder.directory}: expected an identity of HospitalMSP or LabMSP that holds at ` +
        `2036-02-01T00:00:00.000Z, found HospitalMSP/clinician, ${ended}; HospitalMSP/nurse, ${ended}`,
    );
    expect(() => wallet.requireAnyMember(['CourierMSP'])).toThrow(/, found none$/);
  });

  test('is told so of the one by which it reads blocks', async () => {
    now = Date.parse('2036-02-01T00:00:00.000Z');
    const reading = readWalletIdentity(folder.directory, 'HospitalMSP', 'nurse', now);
    await expect(reading).rejects.toThrow(
      /found HospitalMSP\/nurse, which ended on 2036-01-01T00:00:00\.000Z$/,
    );
  });
});

describe("a wallet's files", () => {
  test.each([
    ['cert.pem', 'no certificate', /HospitalMSP\/nurse: cert.pem holds no X.509 certificate/],
    ['key.pem', 'no key', /HospitalMSP\/nurse: key.pem holds no private key$/],
  ])('whose %s is %s are named', async (file, content, message) => {
    await writeFile(join(folder.directory, 'HospitalMSP', 'nurse', file), content);
    await expect(SubmitterWallet.read(folder.directory)).rejects.toThrow(message);
  });

  test('must fit: a key of another certificate is named', async () => {
    const file = join(folder.directory, 'HospitalMSP', 'nurse', 'key.pem');
    await writeFile(file, issued.clinician.privateKey);
    await expect(SubmitterWallet.read(folder.directory)).rejects.toThrow(
      "wallet HospitalMSP/nurse: expected the certificate's private key, found another one",
    );
  });

  test('are taken up again when they change', async () => {
    const renewed = await folder.issue('HospitalMSP', 'nurse');
    const added = await folder.issue('LabMSP', 'lab');
    expect(await wallet.refresh()).toBe(true);
    expect(wallet.forReading(actor('HospitalMSP', 'nurse'))).toEqual(renewed);
    expect(wallet.forReading(actor('LabMSP', 'lab'))).toEqual(added);
    expect(await wallet.refresh()).toBe(false);
  });
});

describe('the watch over a wallet', () => {
  let logged: string;
  let watch: WalletWatch;
  const watched = () => {
    logged = '';
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged += chunk.toString();
        done();
      },
    });
    watch = new WalletWatch(wallet, pino(sink));
    return watch.look();
  };
  afterEach(() => watch.stop());

  test('keeps the identities of before while those on disk do not fit, and says so', async () => {
    await watched();
    const file = join(folder.directory, 'HospitalMSP', 'nurse', 'key.pem');
    await writeFile(file, issued.clinician.privateKey);
    await watch.look();
    expect(logged).toContain('expected the certificate');
    expect(logged).not.toContain('PRIVATE');
    expect(wallet.forReading(actor('HospitalMSP', 'nurse'))).toEqual(issued.nurse);
    await writeFile(file, issued.nurse.privateKey);
    await watch.look();
    expect(await readFile(file, 'utf8')).toBe(issued.nurse.privateKey);
    expect(logged).toContain('identities were renewed');
  });

  test('warns of identities that end within 30 days, once', async () => {
    await watched();
    expect(logged).toBe('');
    expect(wallet.expiring()).toEqual([]);
    now = Date.parse('2035-12-15T00:00:00.000Z');
    await watch.look();
    await watch.look();
    const until = '2036-01-01T00:00:00.000Z';
    expect(wallet.expiring()).toContainEqual({ member: 'LabMSP', label: 'relay', until });
    expect(logged.split('\n').filter((line) => line.includes('"relay"'))).toHaveLength(1);
  });
});
