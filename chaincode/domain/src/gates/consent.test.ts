import { describe, expect, test } from '@jest/globals';
import {
  COI,
  consent,
  definition,
  DIGEST,
  NOW,
  RECIPIENT,
  signed,
  step,
} from '../example.fixture.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { honest, lacking, type Story } from '../graph/honest-therapy.fixture.js';
import type { Exception } from '../nouns/exception.js';
import type { Reason } from '../nouns/reason.js';
import { addMinutes } from '../values/time.js';
import { CONSENT_STATES } from '../values/words.js';
import { reasonsOfConsent, usesAsked, usesOfDose } from './consent.js';

const uses = (of = definition()) => usesOfDose(of, RECIPIENT, NOW);
const codes = (reasons: readonly Reason[]) => reasons.map(({ code }) => code);

describe('consent to a dose', () => {
  const later = addMinutes(NOW, 60);
  const check = (consents: readonly WeighedConsent[], goOn: boolean) =>
    codes(reasonsOfConsent(consents, uses(), goOn));
  const decided = signed('patient-1');

  test('is asked for each purpose of the process', () => {
    const both = definition([step('only')], {
      doseConsents: ['TREATMENT_MANUFACTURE', 'BIOMETRIC_ID'],
    });
    const reasons = reasonsOfConsent([consent('given')], uses(both), false);
    expect(reasons.map(({ subject }) => subject)).toEqual(['consent BIOMETRIC_ID']);
  });

  test('is there while it is given', () => {
    expect(check([consent('given', { scope: { validUntil: later } })], false)).toEqual([]);
  });

  test('is asked of whom it is given by, and where', () => {
    const scope = { recipients: ['LabMSP'], geography: ['DE'] };
    expect(check([consent('given', { scope })], false)).toEqual([]);
    for (const other of [{ recipients: ['HospitalMSP'] }, { geography: ['AT'] }])
      expect(check([consent('given', { scope: other })], false)).toEqual(['CONSENT_NOT_ACTIVE']);
  });

  test('that lapsed stops the dose until the physician signs to go on', () => {
    const lapsed = [consent('given', { decided, scope: { validUntil: NOW } })];
    expect(check(lapsed, false)).toEqual(['CONSENT_NOT_ACTIVE']);
    expect(check(lapsed, true)).toEqual([]);
  });

  test('that the patient never gave is not continued', () => {
    expect(check([], true)).toEqual(['CONSENT_NOT_ACTIVE']);
    expect(check([consent('requested')], true)).toEqual(['CONSENT_NOT_ACTIVE']);
    const other = { purpose: 'BIOMETRIC_ID' as const, decided, scope: { validUntil: NOW } };
    expect(check([consent('given', other)], true)).toEqual(['CONSENT_NOT_ACTIVE']);
  });

  test('that has not begun is not continued either', () => {
    const ahead = [consent('given', { decided, scope: { validFrom: later } })];
    expect(check(ahead, true)).toEqual(['CONSENT_NOT_ACTIVE']);
    const begun = [consent('given', { decided, scope: { validFrom: NOW, validUntil: NOW } })];
    expect(check(begun, true)).toEqual([]);
  });

  test('that was taken back is not continued by another that has not begun, or is for somebody else', () => {
    const withdrawn = consent('withdrawn', { id: 'no', decided, ended: decided });
    const takesBack = ['no'];
    const ahead = consent('given', { decided, takesBack, scope: { validFrom: later } });
    expect(check([withdrawn, ahead], true)).toEqual(['CONSENT_NOT_ACTIVE']);
    for (const scope of [
      { recipients: ['HospitalMSP'] },
      { geography: ['AT'] },
      { dataClasses: ['genome' as const] },
    ])
      for (const state of ['withdrawn', 'superseded'] as const)
        expect(
          check(
            [
              consent(state, { id: 'no', decided }),
              consent('given', { decided, takesBack, scope }),
            ],
            true,
          ),
        ).toEqual(['CONSENT_NOT_ACTIVE']);
    const scope = { recipients: ['LabMSP'], validUntil: NOW };
    const over = consent('given', { decided, takesBack, scope });
    expect(check([withdrawn, over], true)).toEqual([]);
  });

  test('that compromised keys gave is not continued', () => {
    const suspect = { subject: 'consent', signed: decided, actor: 'patient-1', since: NOW };
    const given = { ...consent('given', { decided }), suspect };
    expect(check([given], true)).toEqual(['SUSPECT_SIGNATURE']);
  });

  const deniedBeside = (...others: readonly WeighedConsent[]) =>
    CONSENT_STATES.filter((state) =>
      check([consent(state, { id: 'no', decided }), ...others], true).includes('CONSENT_DENIED'),
    );

  test('that the patient refused or withdrew is never overridden by a physician', () => {
    const denying = ['refused', 'withdrawn'];
    expect(deniedBeside()).toEqual(denying);
    const suspect = { subject: 'consent', signed: decided, actor: 'patient-1', since: NOW };
    const doubted = { ...consent('given', { decided, takesBack: ['no'] }), suspect };
    expect(deniedBeside(doubted)).toEqual(denying);
    expect(deniedBeside(consent('given', { decided }))).toEqual(denying);
  });

  test('that others ended stops the dose until the physician signs to go on', () => {
    for (const state of ['revoked', 'invalidated', 'reconsent-required', 'expired'] as const) {
      expect(check([consent(state, { decided })], false)).toEqual(['CONSENT_NOT_ACTIVE']);
      expect(check([consent(state, { decided })], true)).toEqual([]);
    }
    expect(check([consent('restricted', { decided })], true)).toEqual(['CONSENT_NOT_ACTIVE']);
  });

  test('is the patient’s alone to give again after a no', () => {
    const again = consent('given', { decided, takesBack: ['no'] });
    expect(deniedBeside(again)).toEqual([]);
    const lapsed = { ...again, scope: { validUntil: NOW } };
    expect(check([consent('refused', { id: 'no', ended: decided }), lapsed], false)).toEqual([
      'CONSENT_NOT_ACTIVE',
    ]);
  });
});

describe('consent to a dose outside its specification', () => {
  const physician = { ...signed('hospital.clinician'), explanation: DIGEST };
  const accepted: Exception = {
    ...{ noun: 'exception', coi: COI, id: 'exception-1', batch: 'batch-1', notified: [] },
    ...{ requested: physician, accepted: physician },
    evaluated: {
      ...{ ...signed('manufacturer.reviewer'), investigation: DIGEST },
      ...{ finding: 'supply', covered: [] },
    },
  };
  const outside = honest()
    .by((each) => ({
      ...each,
      outOfSpecification: { jurisdictions: ['DE'], notificationHours: 48 },
    }))
    .change('batch', 'batch-1', (each) => lacking(each, 'certification'));

  test('is asked for beside that to the dose, of the same recipient, and only while an exception stands', () => {
    const asked = (story: Story) =>
      usesAsked({ whole: story.whole(), ancestry: story.upstream(), recipient: RECIPIENT }, NOW);
    const dose = { purpose: 'TREATMENT_MANUFACTURE', at: NOW, dataClasses: ['clinical'] };
    expect(asked(outside)).toEqual([{ ...dose, ...RECIPIENT }]);
    expect(asked(outside.with(accepted))).toEqual([
      { ...dose, ...RECIPIENT },
      { ...dose, ...RECIPIENT, purpose: 'OOS_ADMINISTRATION' },
    ]);
  });
});
