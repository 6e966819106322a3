import { describe, expect, test } from '@jest/globals';
import { actor, command, consent, context, DIGEST, NOW } from '../example.fixture.js';
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

function give(ofPurpose: readonly Consent[], rest: object = {}, by: Actor = patient) {
  const body = giveConsent.body.parse({
    purpose: 'TREATMENT_MANUFACTURE',
    consent: 'consent-1',
    formDigest: DIGEST,
    renderedCommitment: DIGEST,
    clauses: [{ clause: 'purpose', agreed: true }],
    ...rest,
  });
  return decideGiveConsent({ ofPurpose }, command(patient.id, body), context(by));
}

describe('giving consent', () => {
  test('answers what was asked, by the patient’s signature', () => {
    expect(give([asked()])).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          ...{ state: 'given', decided: { actor: patient.id }, rendered: DIGEST },
          answers: [{ clause: 'purpose', agreed: true }],
        },
      ],
    });
  });

  test('takes the place of the decision that it was asked to supersede, and no other', () => {
    const before = consent('given', { id: 'consent-0' });
    const question = { ...asked(), supersedes: 'consent-0' };
    expect(give([question, before])).toMatchObject({
      changes: [{ id: 'consent-1' }, { id: 'consent-0', state: 'superseded' }],
    });
    expect(give([asked(), before])).toMatchObject({ changes: { length: 1 } });
  });

  test.each(['refused', 'withdrawn', 'revoked', 'invalidated'] as const)(
    'takes back what was %s before, and leaves it on record',
    (state) => {
      const before = consent(state, { id: 'consent-0' });
      for (const question of [asked(), { ...asked(), supersedes: 'consent-0' }]) {
        expect(give([question, before])).toMatchObject({
          changes: [{ id: 'consent-1', takesBack: ['consent-0'] }],
        });
      }
    },
  );

  test('takes back nothing where nothing was denied', () => {
    const others = CONSENT_STATES.filter((state) => {
      const given = give([asked(), consent(state, { id: 'consent-0' })]);
      return given.decision === 'permitted' && !('takesBack' in (given.changes[0] ?? {}));
    });
    expect(others).toHaveLength(CONSENT_STATES.length - 4);
  });

  test.each([
    ['nothing was asked', [], {}, 'UNKNOWN_CONSENT'],
    ['another form was read', [asked()], { formDigest: OTHER }, 'OTHER_FORM'],
    ['its time is over', [{ ...asked(), scope: { validUntil: NOW } }], {}, 'END_IS_PAST'],
    [
      'a clause was declined',
      [asked()],
      {
        clauses: [
          { clause: 'purpose', agreed: true },
          { clause: 'genome', agreed: false },
        ],
      },
      'CLAUSE_DECLINED',
    ],
  ])('is refused when %s', (_name, ofPurpose, rest, code) => {
    expect(give(ofPurpose, rest)).toMatchObject({ decision: 'refused', reasons: [{ code }] });
  });

  test('is refused unless the question is open', () => {
    const open = CONSENT_STATES.filter((state) => give([asked(state)]).decision === 'permitted');
    expect(open).toEqual(['requested', 'deferred']);
  });
});

describe('the clauses of a form', () => {
  const scope = { recipients: ['HospitalMSP', 'LabMSP'], geography: ['DE'] };
  const clauses = [
    { clause: 'purpose', needed: true },
    { clause: 'laboratory', needed: false, covers: { recipients: ['LabMSP'] } },
    { clause: 'abroad', needed: false, covers: { geography: ['DE'] } },
  ];
  const question = { ...asked(), scope, form: { ...form, clauses } };
  const answer = (...agreed: readonly string[]) =>
    give([question], {
      clauses: clauses.map(({ clause }) => ({ clause, agreed: agreed.includes(clause) })),
    });

  test('are agreed to one by one: a declined one takes away what it covers', () => {
    expect(answer('purpose', 'laboratory', 'abroad')).toMatchObject({ changes: [{ scope }] });
    expect(answer('purpose', 'abroad')).toMatchObject({
      changes: [{ state: 'given', scope: { recipients: ['HospitalMSP'], geography: ['DE'] } }],
    });
  });

  test('refuse where a needed one is declined, or nothing is left', () => {
    expect(answer('laboratory', 'abroad')).toMatchObject({
      reasons: [{ code: 'CLAUSE_DECLINED', found: 'purpose' }],
    });
    expect(answer('purpose', 'laboratory')).toMatchObject({
      reasons: [{ code: 'CLAUSE_DECLINED', found: 'all that was asked for' }],
    });
  });

  test('are each answered once, and no others', () => {
    const yes = (clause: string) => ({ clause, agreed: true });
    const told = (...names: readonly string[]) => {
      const given = give([question], { clauses: names.map(yes) });
      return given.decision === 'refused' ? given.reasons.map(({ code }) => code) : [];
    };
    expect(told('purpose', 'laboratory')).toEqual(['CLAUSE_UNANSWERED']);
    expect(told('purpose', 'laboratory', 'abroad', 'abroad')).toEqual(['CLAUSE_UNANSWERED']);
    expect(told('purpose', 'laboratory', 'abroad', 'more')).toEqual(['CLAUSE_UNANSWERED']);
  });
});

describe('a no', () => {
  const say = (decide: typeof decideRefuseConsent, consents: readonly Consent[], id?: string) => {
    const body = { purpose: 'TREATMENT_MANUFACTURE' as const };
    return decide(
      { consents },
      command(patient.id, id === undefined ? body : { ...body, consent: id }),
      context(patient, { scope: { kind: 'patient', id: patient.id } }),
    );
  };
  const every = () => CONSENT_STATES.map((state) => consent(state, { id: state }));
  const ended = (decide: typeof decideRefuseConsent, to: string) =>
    say(decide, every()).changes.flatMap((each) =>
      each.noun === 'consent' && each.state === to ? [each.id] : [],
    );

  test('is a record in force of its own, whatever was given or asked', () => {
    for (const consents of [[], [asked('refused')], every()]) {
      expect(say(decideRefuseConsent, consents).changes.at(-1)).toMatchObject({
        ...{ noun: 'consent', state: 'refused', patient: patient.id, scope: {} },
        ended: { actor: patient.id },
      });
      expect(say(decideWithdrawConsent, consents).changes.at(-1)).toMatchObject({
        ...{ state: 'withdrawn', scope: {}, ended: { actor: patient.id } },
      });
    }
  });

  test('ends what was given, at once; a refusal also answers what is open', () => {
    const given = ['given', 'renewed', 'expired', 'reconsent-required'];
    expect(ended(decideWithdrawConsent, 'withdrawn').slice(0, -1)).toEqual(given);
    expect(ended(decideRefuseConsent, 'refused').slice(0, -1)).toEqual([
      ...['requested', 'deferred'],
      ...given,
    ]);
  });

  test('to one question or one consent ends that alone', () => {
    const two = [asked(), consent('given', { id: 'consent-2' })];
    expect(say(decideRefuseConsent, two, 'consent-1').changes).toMatchObject([
      { id: 'consent-1', state: 'refused' },
    ]);
    expect(say(decideWithdrawConsent, two, 'consent-2').changes).toMatchObject([
      { id: 'consent-2', state: 'withdrawn' },
    ]);
  });

  test('said again leaves it as it ended, unless it was taken back since', () => {
    const untouched = CONSENT_STATES.filter(
      (state) => say(decideWithdrawConsent, [asked(state)], 'consent-1').changes.length === 0,
    );
    expect(untouched).toEqual(['refused', 'withdrawn']);
    const again = consent('given', { id: 'consent-2', takesBack: ['consent-1'] });
    expect(
      say(decideWithdrawConsent, [asked('withdrawn'), again], 'consent-1').changes,
    ).toMatchObject([
      { id: 'consent-2', state: 'withdrawn' },
      { state: 'withdrawn', scope: {} },
    ]);
  });

  test.each(['restricted', 'superseded', 'revoked', 'invalidated', 'terminated'] as const)(
    'to what is %s by now is one to the purpose',
    (state) => {
      const next = consent('renewed', { id: 'consent-2', supersedes: 'consent-1' });
      const { changes } = say(decideWithdrawConsent, [asked(state), next], 'consent-1');
      expect(changes).toMatchObject([
        { id: 'consent-2', state: 'withdrawn' },
        { state: 'withdrawn', scope: {}, ended: { actor: patient.id } },
      ]);
    },
  );

  test('to what there is not is one to the purpose', () => {
    expect(say(decideWithdrawConsent, [asked('given')], 'other').changes).toMatchObject([
      { id: 'consent-1', state: 'withdrawn' },
      { state: 'withdrawn', scope: {} },
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
    ['for a time that is over', {}, patient, { scope: { validUntil: NOW } }, 'END_IS_PAST'],
    [
      'for a time that never begins',
      {},
      patient,
      { scope: { validFrom: '2030-01-02T00:00:00.000Z', validUntil: '2030-01-01T00:00:00.000Z' } },
      'PERIOD_EMPTY',
    ],
    [
      'with a clause for what is not asked',
      {},
      patient,
      {
        form: {
          ...form,
          clauses: [{ clause: 'payer', needed: false, covers: { recipients: ['PayerMSP'] } }],
        },
      },
      'CLAUSE_BEYOND_SCOPE',
    ],
    [
      'with a clause twice',
      {},
      patient,
      {
        form: {
          ...form,
          clauses: [
            { clause: 'purpose', needed: true },
            { clause: 'purpose', needed: false },
          ],
        },
      },
      'IDENTIFIER_TAKEN',
    ],
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
