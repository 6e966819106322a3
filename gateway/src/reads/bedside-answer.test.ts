import { expect, test } from '@jest/globals';
import type { CommandRecord, Role } from '@veinledger/domain';
import { isOthersAnswer } from './bedside-answer.js';

const answer = (deviations: readonly string[] = [], rest: object = {}) => ({
  ...{ type: 'care:VerifyBedside', actor: 'hospital.nurse' },
  deviations: deviations.map((code) => ({ code })) as unknown as CommandRecord['deviations'],
  ...rest,
});
const reader = (id: string, ...roles: readonly Role[]) => ({ id, roles });
const clinician = reader('hospital.clinician', 'clinician');

test('another’s answer at the bedside is kept from whoever may give the second', () => {
  const patient = reader('patient-1', 'patient');
  for (const second of [clinician, reader('b', 'auditor', 'nurse'), patient])
    expect([second.id, isOthersAnswer(second, answer())]).toEqual([second.id, true]);
  expect(isOthersAnswer(clinician, answer(['LATE_ENTRY']))).toBe(true);
});

test('nobody’s own is kept from them, nor anything from who gives no answer at the bedside', () => {
  expect(isOthersAnswer(reader('hospital.nurse', 'nurse'), answer())).toBe(false);
  const byDevice = answer([], { actor: 'hospital.scanner', principal: clinician.id });
  expect(isOthersAnswer(clinician, byDevice)).toBe(false);
  for (const role of ['quality', 'auditor', 'courier'] as const)
    expect(isOthersAnswer(reader('b', role), answer())).toBe(false);
});

test('what did not match is told to everybody at once, as is everything else', () => {
  const codes = ['FOREIGN_ITEM', 'LABEL_MISMATCH', 'PATIENT_MISMATCH', 'UNIDENTIFIED_ITEM'];
  for (const code of codes) expect(isOthersAnswer(clinician, answer([code]))).toBe(false);
  expect(isOthersAnswer(clinician, answer([], { type: 'care:AuthoriseDose' }))).toBe(false);
  expect(isOthersAnswer(clinician, answer([], { effect: 'none' }))).toBe(false);
});
