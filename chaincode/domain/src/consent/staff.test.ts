import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  consent,
  context,
  DIGEST,
  NOW,
  signed,
  therapy,
} from '../example.fixture.js';
import type { PermissionDecision } from '../commands/decision.js';
import type { Actor } from '../nouns/actor.js';
import type { Consent } from '../nouns/consent.js';
import { addMinutes } from '../values/time.js';
import { CONSENT_STATES } from '../values/words.js';
import { type CareState, onlyWhoCares } from './care.js';
import { decideContinue as decideContinuing, WORD_COVERS_HOURS } from './continue.js';
import { decideUse, consentsAlone } from './decide-use.js';
import { decideInvalidateConsent } from './invalidate.js';
import { decideRecordConsent, recordConsent } from './record.js';
import { decideRecordNo, recordNo } from './record-no.js';
import { decideRevokeConsent } from './revoke.js';
import { decideTakeBackNo } from './take-back-no.js';
import { SECOND_WITHIN_HOURS } from './two-staff.js';
import type { WeighedConsent } from './weighed.js';

const patient = actor('patient-1', 'HospitalMSP', 'patient');
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const purpose = 'TREATMENT_MANUFACTURE' as const;
const form = { id: 'information', version: '1.0', language: 'de-DE', digest: DIGEST };
const decided = signed(patient.id);
const of = { patient: patient.id, purpose, consent: 'consent-1' };
const scope = { kind: 'patient', id: patient.id } as const;
const care = (...ofPurpose: readonly Consent[]): CareState => {
  return { patient, therapy: undefined, ofPurpose };
};
const by = (who: Actor, minutes = 0) =>
  context(who, { scope, person: who.id, transactionTime: addMinutes(NOW, minutes) });
const after = (decision: PermissionDecision): readonly Consent[] => {
  if (decision.decision === 'refused') throw new Error(JSON.stringify(decision.reasons));
  return decision.changes.filter((each) => each.noun === 'consent');
};
const codes = (decision: PermissionDecision) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];
/** Whether the purpose is covered now by what stands. */
const covers = (...consents: readonly Consent[]) => {
  const asked = { purpose, at: NOW, recipient: 'HospitalMSP', country: 'DE', dataClasses: [] };
  const use = { ...asked, basis: 'consent', jurisdiction: 'DE' };
  return decideUse(consentsAlone(consents), use).verdict === 'permit';
};

const decideContinue: Decide<typeof of> = (state, said, asked) =>
  decideContinuing({ ...state, weighed: state.ofPurpose }, said, asked);

type Decide<B> = (
  state: CareState,
  said: ReturnType<typeof command<B>>,
  context: ReturnType<typeof by>,
) => PermissionDecision;
/** What comes of two staff saying the same, one after the other. */
function bothSay<B>(decide: Decide<B>, body: B, consents: readonly Consent[]): readonly Consent[] {
  const half = after(decide(care(...consents), command(nurse.id, body), by(nurse)));
  const left = consents.filter(({ id }) => half.every((each) => each.id !== id));
  return after(decide(care(...half, ...left), command(clinician.id, body), by(clinician)));
}

describe('recording a yes', () => {
  const record = (rest: object = {}) =>
    recordConsent.body.parse({
      ...{ ...of, route: 'verbal', formDigest: DIGEST, renderedCommitment: DIGEST },
      ...{ clauses: [{ clause: 'purpose', agreed: true }], ...rest },
    });
  const asked = consent('requested', { form });

  test('takes two staff in the same words, and the second is the witness', () => {
    const body = record();
    const [half] = after(decideRecordConsent(care(asked), command(nurse.id, body), by(nurse)));
    expect(half).toMatchObject({ state: 'requested', half: { signed: { actor: nurse.id } } });
    const [given] = bothSay(decideRecordConsent, body, [asked]);
    expect(given).toMatchObject({
      ...{ state: 'given', decided: { actor: clinician.id } },
      route: {
        ...{ kind: 'verbal', recorded: { actor: nurse.id } },
        witness: { actor: clinician.id },
      },
    });
    expect(given).not.toHaveProperty('half');
  });

  test('is begun anew by who began it, and refused in other words of another', () => {
    const [half = asked] = after(
      decideRecordConsent(care(asked), command(nurse.id, record()), by(nurse)),
    );
    const otherwise = record({ route: 'assisted' });
    const again = decideRecordConsent(care(half), command(nurse.id, otherwise), by(nurse));
    expect(after(again)).toMatchObject([
      { state: 'requested', half: { signed: { actor: nurse.id } } },
    ]);
    expect(
      codes(decideRecordConsent(care(half), command(clinician.id, otherwise), by(clinician))),
    ).toEqual(['OTHER_REQUEST']);
    const twin = { ...by(clinician), person: nurse.id };
    expect(
      after(decideRecordConsent(care(half), command(clinician.id, record()), twin)),
    ).toMatchObject([{ state: 'requested' }]);
  });

  test('is begun anew where nobody joined in a day, or another matter was begun', () => {
    const [half = asked] = after(
      decideRecordConsent(care(asked), command(nurse.id, record()), by(nurse)),
    );
    const join = (minutes: number, first: Consent = half) =>
      after(
        decideRecordConsent(care(first), command(clinician.id, record()), by(clinician, minutes)),
      )[0]?.state;
    expect(join(SECOND_WITHIN_HOURS * 60 - 1)).toBe('given');
    expect(join(SECOND_WITHIN_HOURS * 60)).toBe('requested');
    const other = half.half && { ...half.half, type: 'consent:TakeBackNo' };
    expect(other && join(0, { ...half, half: other })).toBe('requested');
  });

  test('on paper names its scan, and is held to what was asked as a patient’s own is', () => {
    const tell = (body: object, on: Consent) =>
      codes(decideRecordConsent(care(on), command(nurse.id, record(body)), by(nurse)));
    expect(tell({ route: 'paper' }, asked)).toEqual(['SCAN_MISSING']);
    expect(tell({ route: 'paper', scan: DIGEST, interpreter: DIGEST }, asked)).toEqual([]);
    expect(tell({ formDigest: 'B'.repeat(42) + 'A' }, asked)).toEqual(['OTHER_FORM']);
    expect(tell({}, consent('given', { form }))).toEqual(['CONSENT_NOT_OPEN']);
    const kept = bothSay(
      decideRecordConsent,
      record({ route: 'paper', scan: DIGEST, interpreter: DIGEST }),
      [asked],
    );
    expect(kept).toMatchObject([{ route: { kind: 'paper', scan: DIGEST, interpreter: DIGEST } }]);
  });

  test('takes back a no, and needs a question', () => {
    const no = consent('withdrawn', { id: 'no' });
    const [given] = bothSay(decideRecordConsent, record(), [asked, no]);
    expect(given).toMatchObject({ takesBack: ['no'] });
    expect(codes(decideRecordConsent(care(), command(nurse.id, record()), by(nurse)))).toEqual([
      'UNKNOWN_CONSENT',
    ]);
  });
});

describe('recording a no', () => {
  const no = (rest: object = {}) => {
    return recordNo.body.parse({
      ...{ patient: patient.id, purpose },
      no: 'withdrawn',
      route: 'verbal',
      ...rest,
    });
  };
  const tell = (who: Actor, consents: readonly Consent[], rest?: object) =>
    decideRecordNo(care(...consents), said(who, no(rest)), by(who)).changes.filter(
      (each) => each.noun === 'consent',
    );
  let times = 0;
  const said = (who: Actor, body: ReturnType<typeof no>) => {
    times += 1;
    return { ...command(who.id, body), id: `command-${times}` };
  };
  const given = consent('given', { form, decided });

  test('counts at once, by one signature', () => {
    const heard = tell(nurse, [given]);
    expect(heard).toMatchObject([
      { id: 'consent-1', state: 'withdrawn' },
      { state: 'withdrawn', route: { kind: 'verbal', recorded: { actor: nurse.id } } },
    ]);
    expect(covers(...heard)).toBe(false);
    expect(tell(nurse, [given], { consent: 'consent-1' })).toMatchObject([
      { id: 'consent-1', state: 'withdrawn', route: { recorded: { actor: nurse.id } } },
    ]);
  });

  test('said by another too is witnessed, once', () => {
    const heard = tell(nurse, [given]);
    const witnessed = tell(clinician, heard);
    expect(witnessed).toMatchObject([
      {
        state: 'withdrawn',
        route: { recorded: { actor: nurse.id }, witness: { actor: clinician.id } },
      },
    ]);
    const [, apart] = heard;
    const anew = [
      tell(nurse, heard),
      tell(clinician, witnessed),
      tell(clinician, heard, { no: 'refused' }),
      tell(clinician, [...heard, consent('given', { id: 'again', takesBack: [apart?.id ?? ''] })]),
    ].map((changes) => changes.map(({ id }) => id));
    expect(anew).toEqual([
      [expect.stringMatching(/^N1/)],
      [expect.stringMatching(/^N1/)],
      [expect.stringMatching(/^N1/)],
      ['again', expect.stringMatching(/^N1/)],
    ]);
    expect(anew.flat()).not.toContain(apart?.id);
    expect(tell(clinician, heard, { consent: 'consent-1' })).toEqual([]);
    const ofProxy = heard.map((each) => {
      return each.ended ? { ...each, ended: { ...each.ended, proxy: 'mother' } } : each;
    });
    expect(tell(clinician, ofProxy).map(({ id }) => id)).not.toContain(apart?.id);
  });

  test('of nobody that is a patient changes nothing', () => {
    const of = { ...care(given), patient: nurse };
    expect(decideRecordNo(of, command(nurse.id, no()), by(nurse)).changes).toEqual([]);
    const unknown = { ...care(given), patient: undefined };
    expect(decideRecordNo(unknown, command(nurse.id, no()), by(nurse)).changes).toEqual([]);
  });
});

describe('a no taken back before two staff', () => {
  const withdrawn = consent('withdrawn', { form, decided, ended: decided });
  const apart = consent('withdrawn', { id: 'N1.x', ended: decided });

  test('has what was given before it given again, and stays on record', () => {
    const open = consent('requested', { id: 'open' });
    const said = bothSay(decideTakeBackNo, of, [withdrawn, apart, open]);
    expect(said).toMatchObject([
      { id: 'consent-1', state: 'withdrawn', ended: { actor: patient.id } },
      {
        ...{ state: 'given', supersedes: 'consent-1', takesBack: ['consent-1', 'N1.x'] },
        route: { kind: 'verbal', recorded: { actor: nurse.id }, witness: { actor: clinician.id } },
      },
    ]);
    expect(said[0]).not.toHaveProperty('half');
    expect(said[1]).not.toHaveProperty('ended');
    expect(covers(withdrawn, apart)).toBe(false);
    expect(covers(...said, apart)).toBe(true);
  });

  test('is of what was given, and whose time is not over', () => {
    const tell = (on: Consent) =>
      codes(decideTakeBackNo(care(on), command(nurse.id, of), by(nurse)));
    const able = CONSENT_STATES.filter((state) => tell(consent(state, { decided })).length === 0);
    expect(able).toEqual(['refused', 'withdrawn']);
    expect(tell(consent('refused'))).toEqual(['CONSENT_NOT_OPEN']);
    expect(tell({ ...withdrawn, scope: { validUntil: NOW } })).toEqual(['END_IS_PAST']);
  });
});

describe('what lapsed, put to the patient', () => {
  const over = consent('given', { form, decided, scope: { validUntil: addMinutes(NOW, -1) } });

  test('goes on for a day by a word before two staff', () => {
    const said = bothSay(decideContinue, of, [over]);
    const validUntil = addMinutes(NOW, WORD_COVERS_HOURS * 60);
    expect(said).toMatchObject([
      { id: 'consent-1', state: 'given' },
      { state: 'renewed', scope: { validUntil }, route: { kind: 'verbal' } },
    ]);
    expect([covers(over), covers(...said)]).toEqual([false, true]);
  });

  test('is what ended otherwise than by a no, and not what is in force or was never given', () => {
    const able = CONSENT_STATES.filter(
      (state) =>
        codes(decideContinue(care(consent(state, { decided })), command(nurse.id, of), by(nurse)))
          .length === 0,
    );
    expect(able).toEqual([
      ...['revoked', 'expired', 'terminated', 'invalidated', 'reconsent-required'],
    ]);
    const unanswered = care(consent('expired'));
    expect(codes(decideContinue(unanswered, command(nurse.id, of), by(nurse)))).toEqual([
      'CONSENT_NOT_OPEN',
    ]);
    const ahead = consent('given', { decided, scope: { validFrom: addMinutes(NOW, 1) } });
    expect(codes(decideContinue(care(ahead), command(nurse.id, of), by(nurse)))).toEqual([
      'CONSENT_NOT_OPEN',
    ]);
  });

  test('is so by what is known of it besides its record, as how often it was used', () => {
    const once = consent('given', { form, decided, scope: { maxUses: 1 } });
    const tell = (...weighed: readonly WeighedConsent[]) => {
      const state = { ...care(once), weighed };
      return codes(decideContinuing(state, command(nurse.id, of), by(nurse)));
    };
    expect(tell({ ...once, used: 1 })).toEqual([]);
    for (const of of [{ id: 'other' }, { purpose: 'RESEARCH' as const }, { used: 0 }])
      expect(tell({ ...once, used: 1, ...of }, once)).toEqual(['CONSENT_NOT_OPEN']);
  });

  test('waits until a no is taken back, and has what others ended covered again', () => {
    const no = consent('refused', { id: 'no' });
    expect(codes(decideContinue(care(over, no), command(nurse.id, of), by(nurse)))).toEqual([
      'CONSENT_DENIED',
    ]);
    const invalid = consent('invalidated', { form, decided });
    const said = bothSay(decideContinue, of, [invalid, consent('requested', { id: 'open' })]);
    expect(said).toMatchObject([{}, { takesBack: ['consent-1'] }]);
    expect([covers(invalid), covers(...said)]).toEqual([false, true]);
  });
});

describe('what others end', () => {
  test('takes two people where it is said never to have been a consent', () => {
    const body = { ...of, reason: 'wrong-form' as const };
    const given = consent('given', { form, decided });
    const said = bothSay(decideInvalidateConsent, body, [given]);
    expect(said).toMatchObject([{ state: 'invalidated', ended: { reason: 'wrong-form' } }]);
    const able = CONSENT_STATES.filter(
      (state) =>
        codes(decideInvalidateConsent(care(consent(state)), command(nurse.id, body), by(nurse)))
          .length === 0,
    );
    expect(able).toEqual(['given', 'renewed', 'reconsent-required']);
  });

  test('is recorded where somebody with authority revoked it, of what is given alone', () => {
    const body = { ...of, coi: COI, authority: 'court' as const, evidence: DIGEST };
    const revoke = (on: Consent) =>
      decideRevokeConsent(care(on), command(clinician.id, body), by(clinician)).changes;
    expect(revoke(consent('given', { decided }))).toMatchObject([
      { state: 'revoked', ended: { reason: 'court', actor: clinician.id } },
    ]);
    const able = CONSENT_STATES.filter((state) => revoke(consent(state)).length > 0);
    expect(able).toEqual(['given', 'renewed']);
    expect(revoke(consent('given', { id: 'other' }))).toEqual([]);
  });
});

describe('whose staff speak of a patient’s consent', () => {
  const ask = (state: Partial<CareState>, who: Actor) =>
    onlyWhoCares({ ...care(), ...state }, { body: of }, by(who)).map(({ code }) => code);
  const elsewhere = actor('lab.nurse', 'LabMSP', 'nurse');
  const stranger = actor('strange.nurse', 'StrangeMSP', 'nurse');

  test('are those of the hospital, and of a party of the patient’s therapy', () => {
    const own = therapy({ patient: patient.id });
    expect(ask({}, nurse)).toEqual([]);
    expect(ask({ therapy: own }, elsewhere)).toEqual([]);
    expect(ask({}, elsewhere)).toEqual(['NOT_THE_PATIENTS_HOSPITAL']);
    expect(ask({ therapy: own }, stranger)).toEqual(['NOT_THE_PATIENTS_HOSPITAL']);
    expect(ask({ therapy: therapy({ patient: 'other' }) }, elsewhere)).toEqual([
      'NOT_THE_PATIENTS_HOSPITAL',
    ]);
    expect(ask({ patient: nurse }, nurse)).toEqual(['NOT_A_PATIENT']);
    expect(ask({ patient: undefined }, nurse)).toEqual(['NOT_A_PATIENT']);
  });
});
