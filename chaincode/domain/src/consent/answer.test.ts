import { describe, expect, test } from '@jest/globals';
import { actor, command, consent, context, DIGEST } from '../example.fixture.js';
import type { Consent } from '../nouns/consent.js';
import { CONSENT_STATES, type ConsentState } from '../values/words.js';
import type { Actor } from '../nouns/actor.js';
import { decideGiveConsent, giveConsent } from './give.js';
import { decideRefuseConsent } from './refuse.js';
import { decideWithdrawConsent } from './withdraw.js';
import { decideRequestConsent, requestConsent } from './request.js';

const patient = actor('patient-1', 'HospitalMSP', 'patient');
const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const form = { id: 'information', version: '1.0', language: 'de-DE', digest: DIGEST };
const OTHER = `${'B'.repeat(42)}A`;
const asked = (state: ConsentState = 'requested') => consent(state, { form });

function give(
  state: { consent?: Consent; superseded?: Consent },
  rest: object = {},
  by: Actor = patient,
) {
  const body = giveConsent.body.parse({
    purpose: 'TREATMENT_MANUFACTURE',
    consent: 'consent-1',
    formDigest: DIGEST,
    renderedCommitment: DIGEST,
    clauses: [{ clause: 'purpose', agreed: true }],
    ...rest,
  });
  return decideGiveConsent(
    { consent: state.consent, superseded: state.superseded },
    command(patient.id, body),
    context(by),
  );
}

describe('giving consent', () => {
  test('answers what was asked, by the patient’s signature', () => {
    expect(give({ consent: asked() })).toMatchObject({
      decision: 'permitted',
      changes: [{ state: 'given', decided: { actor: patient.id } }],
    });
  });

  test('takes the place of the decision that it was asked to supersede, and no other', () => {
    const superseded = consent('given', { id: 'consent-0' });
    expect(give({ consent: asked(), superseded })).toMatchObject({
      changes: [{ id: 'consent-1' }, { id: 'consent-0', state: 'superseded' }],
    });
    expect(give({ consent: asked() })).toMatchObject({ changes: { length: 1 } });
  });

  test.each(['refused', 'withdrawn'] as const)(
    'leaves on record that it was %s before',
    (state) => {
      const before = consent(state, { id: 'consent-0' });
      expect(give({ consent: asked(), superseded: before })).toMatchObject({
        changes: { length: 1 },
      });
    },
  );

  test.each([
    ['nothing was asked', {}, {}, 'UNKNOWN_CONSENT'],
    ['another form was read', { consent: asked() }, { formDigest: OTHER }, 'OTHER_FORM'],
    [
      'a clause was declined',
      { consent: asked() },
      {
        clauses: [
          { clause: 'purpose', agreed: true },
          { clause: 'genome', agreed: false },
        ],
      },
      'CLAUSE_DECLINED',
    ],
  ])('is refused when %s', (_name, state, rest, code) => {
    expect(give(state, rest)).toMatchObject({ decision: 'refused', reasons: [{ code }] });
  });

  test('is refused unless the question is open', () => {
    const open = CONSENT_STATES.filter(
      (state) => give({ consent: asked(state) }).decision === 'permitted',
    );
    expect(open).toEqual(['requested']);
  });
});

describe('a no', () => {
  const say = (decide: typeof decideRefuseConsent, consents: readonly Consent[]) =>
    decide(
      { consents },
      command(patient.id, { purpose: 'TREATMENT_MANUFACTURE' as const }),
      context(patient, { scope: { kind: 'patient', id: patient.id } }),
    );

  test('ends every decision and question that is open, at once', () => {
    const open = [
      asked('given'),
      consent('renewed', { id: '2' }),
      consent('requested', { id: '3' }),
    ];
    const { changes, deviations } = say(decideWithdrawConsent, open);
    expect(deviations).toEqual([]);
    expect(changes).toMatchObject(
      open.map(({ id }) => ({ id, state: 'withdrawn', ended: { actor: patient.id } })),
    );
  });

  test('leaves what had ended as it ended', () => {
    const untouched = CONSENT_STATES.filter(
      (state) =>
        !say(decideWithdrawConsent, [asked(state)]).changes.some(
          (each) => each.noun === 'consent' && each.id === 'consent-1',
        ),
    );
    expect(untouched).toEqual([
      'refused',
      'withdrawn',
      'revoked',
      'restricted',
      'superseded',
      'terminated',
      'invalidated',
    ]);
  });

  test('is a record in force where nothing was open', () => {
    expect(say(decideRefuseConsent, []).changes).toMatchObject([
      { noun: 'consent', state: 'refused', patient: patient.id, ended: { actor: patient.id } },
    ]);
    expect(say(decideWithdrawConsent, [asked('refused')]).changes).toMatchObject([
      { state: 'withdrawn' },
    ]);
  });
});

describe('asking for consent', () => {
  function ask(
    state: { existing?: Consent; superseded?: Consent },
    of: typeof patient | undefined = patient,
    rest: object = {},
  ) {
    const body = requestConsent.body.parse({
      patient: 'patient-1',
      consent: 'consent-1',
      purpose: 'TREATMENT_MANUFACTURE',
      legalBasis: 'consent',
      scope: {},
      form,
      ...rest,
    });
    return decideRequestConsent(
      { patient: of, existing: state.existing, superseded: state.superseded },
      command(clinician.id, body),
      context(clinician),
    );
  }

  test('permits nothing yet', () => {
    expect(ask({})).toMatchObject({
      decision: 'permitted',
      changes: [{ state: 'requested', form }],
    });
  });

  test.each([
    ['of nobody', {}, actor('lab.x', 'HospitalMSP', 'lab'), {}, 'NOT_A_PATIENT'],
    ['under a name that is taken', { existing: asked() }, patient, {}, 'IDENTIFIER_TAKEN'],
    [
      'in place of a decision that there is not',
      {},
      patient,
      { supersedes: 'consent-0' },
      'UNKNOWN_CONSENT',
    ],
  ])('%s is refused', (_name, state, of, rest, code) => {
    expect(ask(state, of, rest)).toMatchObject({ decision: 'refused', reasons: [{ code }] });
  });
});
