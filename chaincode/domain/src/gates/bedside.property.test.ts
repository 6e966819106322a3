import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { din, NOW, therapy, verification } from '../example.fixture.js';
import { honest, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Verification } from '../nouns/verification.js';
import { addMinutes } from '../values/time.js';
import type { PatientToken } from '../values/words.js';
import { reasonsOfBedside } from './bedside.js';

const DOSE = THINGS.dose;
const PATIENT = therapy().patient;
const TOKENS: readonly PatientToken[] = ['wristband', 'device', 'witnessed'];
const BARE = honest()
  .without('verification', 'verification-hospital.nurse')
  .without('verification', 'verification-hospital.clinician');

interface Check {
  readonly verification: Verification;
  readonly minutesAgo: number;
}

const check: fc.Arbitrary<Check> = fc
  .record({
    by: fc.constantFrom('hospital.nurse', 'hospital.clinician', 'hospital.pharmacist', PATIENT),
    token: fc.constantFrom(...TOKENS),
    happened: fc.constantFrom(0, 14, 15, 16),
    entered: fc.constantFrom(0, 0, 14, 16),
    item: fc.constantFrom(DOSE, DOSE, DOSE, DOSE, din(8)),
    matches: fc.constantFrom(true, true, true, true, false),
  })
  .map(({ by, token, happened, entered, item, matches }) => {
    const before = verification(by, { token, item, matches });
    const [at, time] = [addMinutes(NOW, -happened), addMinutes(NOW, -entered)];
    return {
      verification: { ...before, by: { ...before.by, at, time } },
      minutesAgo: Math.max(happened, entered),
    };
  });

/** The rule as the design says it, counted out instead of reasoned. */
function isVerified(checks: readonly Check[]): boolean {
  if (checks.some(({ verification: { matches, item } }) => !matches || item !== DOSE)) return false;
  const fresh = checks
    .filter(({ minutesAgo }) => minutesAgo <= 15)
    .map((each) => each.verification);
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
    const outcomes = { verified: 0, not: 0 };
    fc.assert(
      fc.property(fc.array(check, { maxLength: 4 }), (drawn) => {
        const checks = drawn.map((each, index) => ({
          ...each,
          verification: { ...each.verification, id: `verification-${index}` },
        }));
        const verifications = checks.map((each) => each.verification);
        const reasons = reasonsOfBedside(
          BARE.with(...verifications).whole(),
          DOSE,
          verifications.map(({ id }) => id),
          NOW,
        );
        const expected = isVerified(checks);
        outcomes[expected ? 'verified' : 'not'] += 1;
        expect(reasons.length === 0).toBe(expected);
      }),
      { numRuns: 5_000 },
    );
    expect(outcomes.verified).toBeGreaterThan(100);
    expect(outcomes.not).toBeGreaterThan(100);
  });
});
