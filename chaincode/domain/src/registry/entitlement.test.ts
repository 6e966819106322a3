import { describe, expect, test } from '@jest/globals';
import { requireEntitled, type Submitter } from './entitlement.js';
import { VeinledgerError } from '../errors/errors.js';
import { actor, NOW } from '../example.fixture.js';
import type { Role } from '../values/roles.js';

const CLINICAL: { readonly roles: readonly Role[] } = { roles: ['clinician', 'nurse', 'patient'] };
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const patient = actor('patient-1', 'HospitalMSP', 'patient');
const gateway: Submitter = { mspId: 'HospitalMSP', roles: ['nurse'], relay: false };
const relay: Submitter = { mspId: 'PayerMSP', roles: [], relay: true };

function refusal(...asked: Parameters<typeof requireEntitled>): string {
  try {
    requireEntitled(...asked);
  } catch (error) {
    if (error instanceof VeinledgerError) return error.code;
    throw error;
  }
  return 'entitled';
}

describe('entitled is', () => {
  test('an active actor with a role that the type names, through its organisation', () => {
    expect(refusal(nurse, gateway, CLINICAL)).toBe('entitled');
  });

  test('a patient, through the relay identity of whatever member', () => {
    expect(refusal(patient, relay, CLINICAL)).toBe('entitled');
  });

  test('a patient who says no, whatever became of the patient’s keys', () => {
    const revocation = { at: NOW, by: 'hospital.registrar', reason: 'key-lost' };
    const no = { roles: ['patient'], byAnyKey: true } as const;
    expect(refusal({ ...patient, revocation }, relay, no)).toBe('entitled');
  });
});

describe('not entitled is', () => {
  test('a revoked actor, before anything else is asked', () => {
    const revocation = { at: NOW, by: 'hospital.registrar', reason: 'left' };
    expect(refusal({ ...nurse, revocation }, relay, { roles: ['lab'] })).toBe('ACTOR_REVOKED');
  });

  test('an actor without a role that the type names', () => {
    expect(refusal(nurse, gateway, { roles: ['lab', 'operator'] })).toBe('ROLE_MISSING');
  });

  test('an actor through another organisation', () => {
    expect(refusal(nurse, { ...gateway, mspId: 'LabMSP' }, CLINICAL)).toBe('WRONG_ORGANISATION');
  });

  test('an actor through an identity whose roles this actor has not', () => {
    expect(refusal(nurse, { ...gateway, roles: ['clinician'] }, CLINICAL)).toBe('ROLE_MISSING');
    expect(refusal(nurse, { ...gateway, roles: [] }, CLINICAL)).toBe('ROLE_MISSING');
  });

  test('a member’s actor through a relay identity', () => {
    expect(refusal(nurse, { ...gateway, relay: true }, CLINICAL)).toBe('RELAY_MISUSED');
  });

  test('a patient through any other identity', () => {
    expect(refusal(patient, { ...gateway, roles: ['patient'] }, CLINICAL)).toBe('RELAY_REQUIRED');
  });
});
