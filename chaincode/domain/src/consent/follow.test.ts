import { describe, expect, test } from '@jest/globals';
import { actor, command, consent, context, DIGEST, NOW, signed } from '../example.fixture.js';
import type { Consent } from '../nouns/consent.js';
import { addMinutes } from '../values/time.js';
import { CONSENT_STATES } from '../values/words.js';
import { decideDeferConsent } from './defer.js';
import { decideRenewConsent } from './renew.js';
import { decideRestrictConsent, restrictConsent } from './restrict.js';

const patient = actor('patient-1', 'HospitalMSP', 'patient');
const scope = { kind: 'patient', id: patient.id } as const;
const form = { id: 'information', version: '1.0', language: 'de-DE', digest: DIGEST };
const decided = signed(patient.id);
const purpose = 'TREATMENT_MANUFACTURE' as const;
const one = { purpose, consent: 'consent-1' };
const tomorrow = addMinutes(NOW, 24 * 60);
const given = (rest: Partial<Consent> = {}) => consent('given', { form, decided, ...rest });

describe('answering later', () => {
  const defer = (consents: readonly Consent[]) =>
    decideDeferConsent({ consents }, command(patient.id, one), context(patient, { scope })).changes;

  test('leaves the question open, and no other', () => {
    const two = [consent('requested'), consent('requested', { id: 'consent-2' })];
    expect(defer(two)).toMatchObject([{ id: 'consent-1', state: 'deferred' }]);
    expect(defer([consent('given')])).toEqual([]);
    expect(defer([])).toEqual([]);
  });
});

describe('restricting consent', () => {
  const restrict = (of: Consent, to: object) => {
    const body = restrictConsent.body.parse({ ...one, to });
    const { changes } = decideRestrictConsent(
      { consents: [of] },
      command(patient.id, body),
      context(patient, { scope }),
    );
    return changes;
  };

  test('leaves the record, and what is narrower in its place', () => {
    const takesBack = ['no'];
    expect(restrict(given({ takesBack }), { recipients: ['LabMSP'] })).toMatchObject([
      { id: 'consent-1', state: 'restricted', scope: {} },
      {
        ...{ id: expect.stringMatching(/^R1/), supersedes: 'consent-1', state: 'given' },
        ...{ scope: { recipients: ['LabMSP'] }, takesBack, countsWith: ['consent-1'], form },
      },
    ]);
  });

  test.each([
    [
      'recipients',
      { recipients: ['LabMSP', 'PayerMSP'] },
      { recipients: ['PayerMSP', 'OtherMSP'] },
      { recipients: ['PayerMSP'] },
    ],
    ['countries', { geography: ['DE', 'AT'] }, { geography: ['AT', 'US'] }, { geography: ['AT'] }],
    [
      'classes of data',
      { dataClasses: ['sample', 'genome'] },
      { dataClasses: ['genome', 'outcome'] },
      { dataClasses: ['genome'] },
    ],
    ['a later end', { validUntil: NOW }, { validUntil: tomorrow }, { validUntil: NOW }],
    ['an earlier end', { validUntil: tomorrow }, { validUntil: NOW }, { validUntil: NOW }],
    ['more uses', { maxUses: 2 }, { maxUses: 3 }, { maxUses: 2 }],
    ['fewer uses', { maxUses: 3 }, { maxUses: 2 }, { maxUses: 2 }],
    ['nothing', { maxUses: 3, geography: ['DE'] }, {}, { maxUses: 3, geography: ['DE'] }],
  ] as const)('to %s never widens it', (_name, before, to, after) => {
    const [, narrower] = restrict(given({ scope: before }), to);
    expect(narrower).toMatchObject({ scope: after });
    const scopeOfIt = narrower?.noun === 'consent' ? narrower.scope : {};
    expect(Object.keys(scopeOfIt).sort()).toEqual(Object.keys(after).sort());
  });

  test('to nothing at all is a withdrawal of it', () => {
    const within = given({ scope: { recipients: ['LabMSP'] } });
    expect(restrict(within, { recipients: ['PayerMSP'] })).toMatchObject([
      { id: 'consent-1', state: 'withdrawn', ended: { actor: patient.id } },
    ]);
    expect(restrict(given(), { geography: [] })).toMatchObject([{ state: 'withdrawn' }]);
  });

  test('is of what is given alone, and goes on being renewed where it was', () => {
    const able = CONSENT_STATES.filter((state) => restrict(consent(state), {}).length > 0);
    expect(able).toEqual(['given', 'renewed']);
    expect(restrict(consent('renewed'), {})).toMatchObject([{}, { state: 'renewed' }]);
  });

  test('of what another took the place of narrows that one', () => {
    const body = restrictConsent.body.parse({ ...one, to: { geography: ['DE'] } });
    const said = command(patient.id, body);
    const chain = [
      consent('restricted'),
      consent('superseded', { id: 'consent-2', supersedes: 'consent-1' }),
      consent('renewed', { id: 'consent-3', supersedes: 'consent-2' }),
    ];
    const narrowed = (consents: readonly Consent[]) =>
      decideRestrictConsent({ consents }, said, context(patient, { scope })).changes;
    expect(narrowed(chain)).toMatchObject([
      { id: 'consent-3', state: 'restricted' },
      { state: 'renewed', scope: { geography: ['DE'] } },
    ]);
    expect(narrowed(chain.slice(0, 2))).toEqual([]);
    expect(narrowed([consent('withdrawn'), ...chain.slice(1)])).toEqual([]);
  });

  test('counts the uses of all that it narrows', () => {
    const [, twice] = restrict(given({ countsWith: ['consent-0'] }), {});
    expect(twice).toMatchObject({ countsWith: ['consent-1', 'consent-0'] });
  });
});

describe('renewing consent', () => {
  const renew = (of: Consent | undefined, rest: object = {}, by = patient) =>
    decideRenewConsent(
      { consents: of ? [of] : [] },
      command(patient.id, {
        ...{ ...one, formDigest: DIGEST, renderedCommitment: DIGEST, validUntil: tomorrow },
        ...rest,
      }),
      context(by, { scope }),
    );

  test('is the same for longer, also when its time is over', () => {
    const over = given({ scope: { validUntil: addMinutes(NOW, -60), geography: ['DE'] } });
    expect(renew(over)).toMatchObject({
      decision: 'permitted',
      changes: [
        { id: 'consent-1', state: 'superseded' },
        {
          ...{ state: 'renewed', supersedes: 'consent-1', rendered: DIGEST },
          scope: { validUntil: tomorrow, geography: ['DE'] },
        },
      ],
    });
  });

  test.each([
    ['of nothing', undefined, {}, 'UNKNOWN_CONSENT'],
    ['on another form', given(), { formDigest: 'B'.repeat(43) }, 'OTHER_FORM'],
    ['until a time that is over', given(), { validUntil: NOW }, 'END_IS_PAST'],
    [
      'until before it begins',
      given({ scope: { validFrom: addMinutes(tomorrow, 1) } }),
      {},
      'PERIOD_EMPTY',
    ],
  ])('%s is refused', (_name, of, rest, code) => {
    expect(renew(of, rest)).toMatchObject({ decision: 'refused', reasons: [{ code }] });
  });

  test('is refused of what ended otherwise, and with keys that are too new', () => {
    const able = CONSENT_STATES.filter(
      (state) => renew(consent(state, { form })).decision === 'permitted',
    );
    expect(able).toEqual(['given', 'renewed']);
    const reenrolments = [{ registrar: decided, clinician: decided, consentFrom: tomorrow }];
    expect(renew(given(), {}, { ...patient, reenrolments })).toMatchObject({
      reasons: [{ code: 'KEYS_TOO_NEW' }],
    });
  });
});
