import { describe, expect, test } from '@jest/globals';
import { actor, NOW } from '../example.fixture.js';
import { addMinutes } from '../values/time.js';
import { compromisedSince } from './suspicion.js';

const since = addMinutes(NOW, -60);
const revocation = { at: NOW, by: 'lab.registrar', reason: 'key-compromised' };
const technician = actor('lab.technician', 'LabMSP', 'lab');
const compromised = { ...technician, revocation: { ...revocation, compromisedSince: since } };

describe('what an actor signed', () => {
  test('is suspect from the compromise of its keys on, by the transaction’s time', () => {
    expect(compromisedSince(compromised, addMinutes(NOW, -61))).toBeUndefined();
    expect(compromisedSince(compromised, since)).toBe(since);
    expect(compromisedSince(compromised, NOW)).toBe(since);
  });

  test('is not suspect when the keys were only lost, or nothing happened to them', () => {
    expect(compromisedSince({ ...technician, revocation }, NOW)).toBeUndefined();
    expect(compromisedSince(technician, NOW)).toBeUndefined();
  });

  test('is not suspect with the new keys that a re-enrolment brought, and still is with the old', () => {
    const { revocation: former, ...rest } = compromised;
    const renewed = { ...rest, formerRevocations: [former] };
    expect(compromisedSince(renewed, addMinutes(NOW, -1))).toBe(since);
    expect(compromisedSince(renewed, addMinutes(NOW, 1))).toBeUndefined();
  });
});
