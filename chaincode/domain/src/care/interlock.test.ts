import { describe, expect, test } from '@jest/globals';
import { CONSENT_STATES } from '../values/words.js';
import {
  actor,
  ancestry,
  attempt,
  batch,
  consent,
  context,
  dataset,
  definition,
  design,
  din,
  NOW,
  report,
  sample,
  signed,
  step,
  therapy,
  verification,
} from '../example.fixture.js';
import type { Reason } from '../nouns/reason.js';
import { addMinutes, instantOf, milliseconds } from '../values/time.js';
import type { Verification } from '../nouns/verification.js';
import { reasonsOfBedside, reasonsOfChain, reasonsOfConsent } from './interlock.js';

const DOSE = din(9);
const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const at = (transactionTime: string) => context(clinician, { transactionTime });
const codes = (reasons: readonly Reason[]) => reasons.map(({ code }) => code);

describe('identity at the bedside', () => {
  const check = (verifications: readonly (Verification | undefined)[], time = NOW) =>
    codes(reasonsOfBedside(therapy(), definition(), DOSE, verifications, at(time)));
  const nurse = verification('hospital.nurse');
  const second = verification('hospital.clinician');

  test('is verified by two staff who read the wristband', () => {
    expect(check([nurse, second])).toEqual([]);
  });

  test('stays verified for 15 minutes, and not a millisecond longer', () => {
    const until = addMinutes(NOW, 15);
    expect(check([nurse, second], until)).toEqual([]);
    expect(check([nurse, second], instantOf(milliseconds(until) + 1))).toEqual([
      'NOT_VERIFIED',
      'TOKEN_NOT_READ',
    ]);
  });

  test('is not verified when one of the two checks is too old', () => {
    const old = { ...second, verifiedAt: addMinutes(NOW, -16) };
    expect(check([nurse, old])).toEqual(['NOT_VERIFIED']);
  });

  test('is not verified by one person, however often', () => {
    const again = { ...nurse, id: 'verification-2' };
    expect(check([nurse, again])).toEqual(['NOT_VERIFIED']);
    const witnessed = [nurse, again].map((each) => ({ ...each, token: 'witnessed' as const }));
    expect(check(witnessed)).toEqual(['NOT_VERIFIED', 'TOKEN_NOT_READ']);
  });

  test('is not verified by one of the staff and the patient', () => {
    expect(check([nurse, verification('patient-1', { token: 'device' })])).toEqual([
      'NOT_VERIFIED',
    ]);
  });

  test('is not verified by checks that the ledger does not hold', () => {
    expect(check([undefined, nurse])).toEqual(['NOT_VERIFIED']);
    expect(check([])).toEqual(['NOT_VERIFIED', 'TOKEN_NOT_READ']);
  });

  describe('needs the patient’s own token', () => {
    const by = (token: Verification['token']) =>
      [nurse, second].map((each) => ({ ...each, token }));

    test('a wristband that one of the staff read', () => {
      expect(check([nurse, { ...second, token: 'witnessed' }])).toEqual([]);
    });

    test('or the device, by which the patient signed: the staff’s word for it is not enough', () => {
      expect(check(by('device'))).toEqual(['TOKEN_NOT_READ']);
      expect(check([...by('device'), verification('patient-1', { token: 'device' })])).toEqual([]);
    });

    test('or two witnesses, where neither can be read', () => {
      expect(check(by('witnessed'))).toEqual([]);
      const twice = [1, 2].map((time) => ({
        ...verification('hospital.nurse', { id: `verification-${time}` }),
        token: 'witnessed' as const,
      }));
      expect(check([...twice, { ...second, token: 'device' }])).toEqual(['TOKEN_NOT_READ']);
      expect(
        check([
          { ...nurse, token: 'witnessed' },
          { ...second, token: 'device' },
        ]),
      ).toEqual(['TOKEN_NOT_READ']);
    });
  });

  test('fails when one check found another patient, label or product, beside two that match', () => {
    const third = verification('hospital.pharmacist');
    expect(check([nurse, second, { ...third, matches: false }])).toEqual(['IDENTITY_MISMATCH']);
    expect(check([nurse, second, { ...third, item: din(8) }])).toEqual(['IDENTITY_MISMATCH']);
  });
});

describe('consent to a dose', () => {
  const later = addMinutes(NOW, 60);
  const check = (consents: Parameters<typeof reasonsOfConsent>[1], goOn: boolean) =>
    codes(reasonsOfConsent(definition(), consents, goOn, at(NOW)));
  const decided = signed('patient-1');

  test('is asked for each purpose of the process', () => {
    const both = definition([step('only')], {
      doseConsents: ['TREATMENT_MANUFACTURE', 'BIOMETRIC_ID'],
    });
    const reasons = reasonsOfConsent(both, [consent('given')], false, at(NOW));
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

  test('that was denied is never overridden, whatever stands beside it', () => {
    const denied = CONSENT_STATES.filter(
      (state) =>
        check([consent(state, { decided }), consent('given', { decided })], true).length > 0,
    );
    expect(denied).toEqual(['refused', 'withdrawn', 'revoked', 'restricted', 'invalidated']);
  });
});

describe('the chain behind a dose', () => {
  const confirmed = step('template', { checks: [{ kind: 'design-commitment', code: 'sequence' }] });
  const process = definition([confirmed]);
  const template = attempt('template', {
    report: report('manufacturer.operator', {
      design: 'design-1',
      verdicts: [{ check: 'sequence', verdict: 'pass' }],
    }),
  });
  const whole = ancestry({
    items: [sample()],
    attempts: [template],
    datasets: [dataset()],
    designs: [design()],
    batches: [batch()],
  });
  const check = (rest: Partial<typeof whole>, of = therapy(), time = NOW) =>
    codes(reasonsOfChain(of, process, { ...whole, ...rest }, at(time)));
  const without = <T extends object>(thing: T, name: keyof T): T => {
    const rest = { ...thing };
    Reflect.deleteProperty(rest, name);
    return rest;
  };

  test('leads from the sample through data, design and template to the batch', () => {
    expect(check({})).toEqual([]);
  });

  test.each(['datasets', 'designs', 'batches', 'items'] as const)(
    'is broken without %s',
    (kind) => {
      expect(check({ [kind]: [] })).toContain('BROKEN_CHAIN');
    },
  );

  test('is broken by a stop on the whole therapy', () => {
    const blockers = [{ kind: 'hold', id: 'hold-1', code: 'regulator' } as const];
    expect(check({}, therapy({ blockers }))).toEqual(['ON_HOLD']);
  });

  test('needs the design’s approval, the batch’s review and its certification', () => {
    expect(check({ designs: [without(design(), 'approved')] })).toEqual(['DESIGN_NOT_APPROVED']);
    expect(check({ batches: [without(batch(), 'review')] })).toEqual(['NOT_REVIEWED']);
    expect(check({ batches: [without(batch(), 'certification')] })).toEqual(['BATCH_NOT_RELEASED']);
  });

  test('ends at a recall', () => {
    const recall = { ...signed('manufacturer.safety-officer'), reason: 'sterility' };
    expect(check({ batches: [batch({ recall })] })).toEqual(['RECALLED']);
  });

  test('ends at the very moment of expiry', () => {
    const { expiry } = batch();
    expect(check({}, therapy(), instantOf(milliseconds(expiry) - 1))).toEqual([]);
    expect(check({}, therapy(), expiry)).toEqual(['EXPIRED']);
  });

  test('needs a step that confirmed the sequence of this batch’s design', () => {
    expect(check({ attempts: [] })).toEqual(['SEQUENCE_NOT_CONFIRMED']);
    expect(check({ batches: [batch({ design: 'design-2' })] })).toEqual(['SEQUENCE_NOT_CONFIRMED']);
    const failed = report('manufacturer.operator', {
      design: 'design-1',
      verdicts: [{ check: 'sequence', verdict: 'fail' }],
    });
    expect(check({ attempts: [attempt('template', { report: failed })] })).toEqual([
      'SEQUENCE_NOT_CONFIRMED',
    ]);
  });
});
