import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '@veinledger/chaincode/domain';
import type { Caller } from '../auth/caller.js';
import { generateActorKeys } from '@veinledger/client/node';
import { SubmitterWallet } from './wallet.js';

const keys = generateActorKeys().public;
const actor = (organisation: string, ...roles: readonly Role[]): Caller => ({
  id: 'somebody',
  organisation,
  roles,
  keys,
});
let folder: string;
let wallet: SubmitterWallet;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-wallet-'));
  for (const name of [
    'HospitalMSP/nurse',
    'HospitalMSP/clinician',
    'LabMSP/relay',
    'RegulatorMSP/auditor',
    'RegulatorMSP/registrar',
  ]) {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'cert.pem'), `certificate ${name}`);
    await writeFile(join(folder, name, 'key.pem'), `key ${name}`);
  }
  wallet = await SubmitterWallet.read(folder);
});
afterAll(() => rm(folder, { recursive: true }));

describe('the identity that submits', () => {
  test("is the actor's organisation's, of a role that both type and actor name", () => {
    const chosen = wallet.forCommand(actor('HospitalMSP', 'nurse', 'clinician'), ['clinician']);
    expect(chosen).toEqual({
      mspId: 'HospitalMSP',
      certificate: 'certificate HospitalMSP/clinician',
      privateKey: 'key HospitalMSP/clinician',
    });
  });

  test("is any member's relay for a patient, whatever the patient's hospital", () => {
    const chosen = wallet.forCommand(actor('HospitalMSP', 'patient'), ['patient']);
    expect(chosen.certificate).toBe('certificate LabMSP/relay');
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

  test('is never a relay for somebody who is no patient', () => {
    expect(() => wallet.forReading(actor('LabMSP', 'lab'))).toThrow(/^NO_IDENTITY/);
    expect(wallet.ofAnyMember(['LabMSP'])).toBeUndefined();
  });

  test('reads as an auditor for an auditor', () => {
    const chosen = wallet.forReading(actor('RegulatorMSP', 'auditor'));
    expect(chosen.certificate).toBe('certificate RegulatorMSP/auditor');
  });
});
