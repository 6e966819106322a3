import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { actor, context, definition, din, NOW, therapy, verification } from '../example.fixture.js';
import { addMinutes } from '../values/time.js';
import type { PatientToken } from '../values/words.js';
import type { Verification } from '../nouns/verification.js';
import { reasonsOfBedside } from './interlock.js';

const DOSE = din(9);
const PATIENT = therapy().patient;
const TOKENS: readonly PatientToken[] = ['wristband', 'device', 'witnessed'];

const check: fc.Arbitrary<Verification> = fc
  .record({
    by: fc.constantFrom('hospital.nurse', 'hospital.clinician', 'hospital.pharmacist', PATIENT),
    token: fc.constantFrom(...TOKENS),
    minutesAgo: fc.constantFrom(0, 14, 15, 16),
    item: fc.constantFrom(DOSE, DOSE, DOSE, DOSE, din(8)),
    matches: fc.constantFrom(true, true, true, true, false),
  })
  .map(({ by, token, minutesAgo, item, matches }) =>
    verification(by, { token, item, matches, verifiedAt: addMinutes(NOW, -minutesAgo) }),
  );

/** The rule as the design says it, counted out instead of reasoned. */
function isVerified(checks: readonly Verification[]): boolean {
  if (checks.some(({ matches, item }) => !matches || item !== DOSE)) return false;
  const fresh = checks.filter(
    ({ verifiedAt }) => Date.parse(NOW) - Date.parse(verifiedAt) <= 900_000,
  );
  const people = [...new Set(fresh.map(({ by }) => by.actor))];
  const staff = people.filter((person) => person !== PATIENT);
  if (staff.length < 2) return false;
  const wristband = fresh.some(({ token }) => token === 'wristband');
  const witnessed = fresh.filter(({ token, by }) => token === 'witnessed' && by.actor !== PATIENT);
  const witnesses = new Set(witnessed.map(({ by }) => by.actor));
  return wristband || people.includes(PATIENT) || witnesses.size >= 2;
}

describe('whatever checks are named at the bedside', () => {
  test('identity is verified by two staff and the patient’s token, and by nothing less', () => {
    const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
    const outcomes = { verified: 0, not: 0 };
    fc.assert(
      fc.property(fc.array(check, { maxLength: 4 }), (checks) => {
        const reasons = reasonsOfBedside(therapy(), definition(), DOSE, checks, context(clinician));
        const expected = isVerified(checks);
        outcomes[expected ? 'verified' : 'not'] += 1;
        expect(reasons.length === 0).toBe(expected);
      }),
      { numRuns: 10_000 },
    );
    expect(outcomes.verified).toBeGreaterThan(100);
    expect(outcomes.not).toBeGreaterThan(100);
  });
});
