import { describe, expect, test } from '@jest/globals';
import { actor, consent, context, definition, NOW, signed, step } from '../example.fixture.js';
import type { WeighedConsent } from '../consent/weighed.js';
import type { Reason } from '../nouns/reason.js';
import { addMinutes } from '../values/time.js';
import { CONSENT_STATES } from '../values/words.js';
import { reasonsOfConsent } from './consent.js';

const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const now = context(clinician, { transactionTime: NOW });
const codes = (reasons: readonly Reason[]) => reasons.map(({ code }) => code);

describe('consent to a dose', () => {
  const later = addMinutes(NOW, 60);
  const check = (consents: readonly WeighedConsent[], goOn: boolean) =>
    codes(reasonsOfConsent(definition(), consents, goOn, now));
  const decided = signed('patient-1');

  test('is asked for each purpose of the process', () => {
    const both = definition([step('only')], {
      doseConsents: ['TREATMENT_MANUFACTURE', 'BIOMETRIC_ID'],
    });
    const reasons = reasonsOfConsent(both, [consent('given')], false, now);
    expect(reasons.map(({ subject }) => subject)).toEqual(['consent BIOMETRIC_ID']);
  });

  test('is there while it is given', () => {
    expect(check([consent('given', { scope: { validUntil: later } })], false)).toEqual([]);
  });

  test('that lapsed stops the dose until the physician signs to go on', () => {
    const lapsed = [consent('given', { decided, scope: { validUntil: NOW } })];
    expect(check(lapsed, false)).toEqual(['CONSENT_NOT_ACTIVE']);
    expect(check(lapsed, true)).toEqual([]);
  });

  test('that the patient never gave is not continued', () => {
    expect(check([], true)).toEqual(['CONSENT_NOT_ACTIVE']);
    expect(check([consent('requested')], true)).toEqual(['CONSENT_NOT_ACTIVE']);
  });

  test('that has not begun is not continued either', () => {
    const ahead = [consent('given', { decided, scope: { validFrom: later } })];
    expect(check(ahead, true)).toEqual(['CONSENT_NOT_ACTIVE']);
    const begun = [consent('given', { decided, scope: { validFrom: NOW, validUntil: NOW } })];
    expect(check(begun, true)).toEqual([]);
  });

  test('that compromised keys gave is not continued', () => {
    const suspect = { subject: 'consent', signed: decided, actor: 'patient-1', since: NOW };
    const given = { ...consent('given', { decided }), suspect };
    expect(check([given], true)).toEqual(['SUSPECT_SIGNATURE']);
  });

  test('that was denied is never overridden, whatever stands beside it', () => {
    const denied = CONSENT_STATES.filter(
      (state) =>
        check([consent(state, { decided }), consent('given', { decided })], true).length > 0,
    );
    expect(denied).toEqual(['refused', 'withdrawn', 'revoked', 'restricted', 'invalidated']);
  });
});
