import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateActorKeys } from '@veinledger/client/node';
import { GatewayState } from '../state/gateway-state.js';
import { CODE_LIFETIME_MS, EnrolmentCodes } from './enrolment-codes.js';

const whom = (patient: string, organisation = 'HospitalMSP') => ({
  patient,
  organisation,
  issuedBy: 'hospital.nurse',
});
const made = () => ({ keys: generateActorKeys().public, proof: '{}' });
const unchecked = () => Promise.resolve();

let folder: string;
let state: GatewayState;
let codes: EnrolmentCodes;
let now = 1_000_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-codes-'));
  state = await GatewayState.open(folder);
  const key = randomBytes(32);
  codes = new EnrolmentCodes({ state, sealer: { keyFor: () => key }, now: () => now });
});
afterAll(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

describe('a one-time code', () => {
  test('is told once, for whom it is, and stays open until keys are handed in', async () => {
    const { code } = await codes.issue(whom('p-1'));
    expect(await codes.read(code)).toMatchObject({ patient: 'p-1' });
    const first = made();
    await codes.use(code, first, unchecked);
    await expect(codes.read(code)).rejects.toThrow('ENROLMENT_CODE_INVALID');
    await expect(codes.use(code, made(), unchecked)).rejects.toThrow('ENROLMENT_CODE_INVALID');
    await expect(codes.use(code, first, unchecked)).resolves.toMatchObject({ patient: 'p-1' });
    const handedIn = { ...first, at: now };
    expect(await codes.handedIn('HospitalMSP')).toMatchObject([{ patient: 'p-1', handedIn }]);
    expect(await codes.handedIn('OtherMSP')).toEqual([]);
  });

  test('is used by one of two devices at the same time', async () => {
    const { code } = await codes.issue(whom('p-2'));
    const done = await Promise.allSettled([
      codes.use(code, made(), unchecked),
      codes.use(code, made(), unchecked),
    ]);
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('stays open where the keys do not hold', async () => {
    const { code } = await codes.issue(whom('p-3'));
    const refused = codes.use(code, made(), () => Promise.reject(new Error('no proof')));
    await expect(refused).rejects.toThrow('no proof');
    expect(await codes.read(code)).toMatchObject({ patient: 'p-3' });
  });

  test('runs out after three days, and not before; what was handed in stays', async () => {
    const { code, expiresAt } = await codes.issue(whom('p-4'));
    const used = await codes.issue(whom('p-5'));
    const keys = made();
    await codes.use(used.code, keys, unchecked);
    expect(expiresAt).toBe(now + CODE_LIFETIME_MS);
    now = expiresAt;
    expect(await codes.read(code)).toMatchObject({ patient: 'p-4' });
    now += 1;
    await expect(codes.read(code)).rejects.toThrow('ENROLMENT_CODE_EXPIRED');
    await expect(codes.use(code, made(), unchecked)).rejects.toThrow('ENROLMENT_CODE_EXPIRED');
    await expect(codes.use(used.code, keys, unchecked)).resolves.toMatchObject({ patient: 'p-5' });
  });

  test('ends when another is issued for the same patient, and what was handed in with it', async () => {
    const { code } = await codes.issue(whom('p-6'));
    await codes.use(code, made(), unchecked);
    await codes.issue(whom('p-6'));
    await expect(codes.read(code)).rejects.toThrow('ENROLMENT_CODE_INVALID');
    const waiting = await codes.handedIn('HospitalMSP');
    expect(waiting.map(({ patient }) => patient)).not.toContain('p-6');
  });

  test('that was never issued is none', async () => {
    await expect(codes.read('0000-0000-0001')).rejects.toThrow('ENROLMENT_CODE_INVALID');
    await expect(codes.read('hello')).rejects.toThrow('ENROLMENT_CODE_INVALID');
  });

  test('stands nowhere on disk', async () => {
    const { code } = await codes.issue(whom('p-7'));
    for (const name of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const text = await readFile(join(name.parentPath, name.name), 'latin1');
      expect(text).not.toContain(code);
    }
  });

  test('is forgotten a month after its end, as are keys that nobody enrolled', async () => {
    const { code } = await codes.issue(whom('p-8'));
    const used = await codes.issue(whom('p-9'));
    const keys = made();
    await codes.use(used.code, keys, unchecked);
    now += CODE_LIFETIME_MS + 30 * 24 * 60 * 60_000 + 1;
    await codes.issue(whom('p-10'));
    await expect(codes.read(code)).rejects.toThrow('ENROLMENT_CODE_INVALID');
    await expect(codes.use(used.code, keys, unchecked)).rejects.toThrow('ENROLMENT_CODE_INVALID');
    expect(await codes.handedIn('HospitalMSP')).toEqual([]);
  });
});
