import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, consent, context, DIGEST, NOW, signed } from '../example.fixture.js';
import { readerOf } from '../commands/reader.fixture.js';
import type { Consent } from '../nouns/consent.js';
import type { Proxy } from '../nouns/proxy.js';
import { addMinutes } from '../values/time.js';
import { CONSENT_STATES } from '../values/words.js';
import type { CareState } from './care.js';
import { decideConfirmProxy } from './confirm-proxy.js';
import { decideEndProxy } from './end-proxy.js';
import { decideEnrolProxy } from './enrol-proxy.js';
import { doubtedSince, onlyTheirHospital, readProxy, reasonsOfProxy, speaksAt } from './proxies.js';
import { decideRecordAssent } from './record-assent.js';
import { decideRecordConsent } from './record.js';
import { decideRecordNo } from './record-no.js';
import { decideRequireReconsent } from './require-reconsent.js';

const patient = actor('patient-1', 'HospitalMSP', 'patient');
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const purpose = 'TREATMENT_MANUFACTURE' as const;
const of = { patient: patient.id, purpose };
const named = { patient: patient.id, proxy: 'mother' };
const mother: Proxy = {
  ...{ noun: 'proxy', patient: patient.id, id: 'mother', relationship: 'parent' },
  ...{ authority: DIGEST, enrolled: signed(clinician.id) },
};
const over = { ...mother, validUntil: NOW };
const ended = { ...mother, ended: { ...signed(clinician.id), commitment: DIGEST } };
const doubted = { ...mother, doubted: signed(clinician.id) };
const by = (who: typeof nurse) => context(who, { person: who.id });
const care = (proxy: Proxy | undefined, ...ofPurpose: readonly Consent[]): CareState => {
  return { patient, therapy: undefined, proxy, ofPurpose };
};

describe('who speaks in the patient’s place', () => {
  test('does so until their time is over, or somebody ends it', () => {
    expect([mother, over, ended].map((each) => speaksAt(each, NOW))).toEqual([true, false, false]);
    expect(speaksAt({ ...mother, validUntil: addMinutes(NOW, 1) }, NOW)).toBe(true);
    const codes = [mother, over, ended, undefined, doubted].map((each) =>
      reasonsOfProxy(each, 'mother', NOW).map(({ code }) => code),
    );
    expect(codes).toEqual([
      [],
      ...['PROXY_ENDED', 'PROXY_ENDED', 'UNKNOWN_PROXY', 'PROXY_NOT_CONFIRMED'].map((code) => [
        code,
      ]),
    ]);
  });

  const enrol = (
    existing: Proxy | undefined,
    rest: object = {},
    who: typeof patient | undefined = patient,
  ) =>
    decideEnrolProxy(
      { patient: who, existing },
      command(clinician.id, {
        ...{ patient: patient.id, proxy: 'mother', relationship: 'parent' as const },
        ...{ authority: DIGEST, ...rest },
      }),
      by(clinician),
    );

  test('is enrolled once, for a patient, and for a time that is to come', () => {
    expect(enrol(undefined)).toMatchObject({
      decision: 'permitted',
      changes: [{ noun: 'proxy', id: 'mother', enrolled: { actor: clinician.id } }],
    });
    expect(enrol(undefined, { validUntil: addMinutes(NOW, 1) })).toMatchObject({
      changes: [{ validUntil: addMinutes(NOW, 1) }],
    });
    expect(enrol(mother)).toMatchObject({ reasons: [{ code: 'IDENTIFIER_TAKEN' }] });
    expect(enrol(undefined, { validUntil: NOW })).toMatchObject({
      reasons: [{ code: 'END_IS_PAST' }],
    });
    expect(enrol(undefined, {}, nurse)).toMatchObject({ reasons: [{ code: 'NOT_A_PATIENT' }] });
  });

  test('does so no more once it is ended, which is once', () => {
    const end = (existing: Proxy | undefined) =>
      decideEndProxy(
        { patient, existing },
        { ...command(clinician.id, named), annex: { end: 'why' } },
        by(clinician),
      );
    expect(end(mother)).toMatchObject({
      changes: [{ id: 'mother', ended: { commitment: 'why' } }],
    });
    expect(end(ended)).toMatchObject({ reasons: [{ code: 'PROXY_ENDED' }] });
    expect(end(undefined)).toMatchObject({ reasons: [{ code: 'UNKNOWN_PROXY' }] });
  });

  test('is what the patient’s hospital says of its patient, and nobody else', async () => {
    const refused = (who: typeof nurse) => onlyTheirHospital({ patient }, { body: named }, by(who));
    expect(refused(clinician)).toEqual([]);
    const expected = { code: 'NOT_THE_PATIENTS_HOSPITAL', subject: `actor ${patient.id}` };
    expect(refused(actor('lab.clinician', 'LabMSP', 'clinician'))).toMatchObject([expected]);
    const others = [clinician, { ...mother, patient: 'other' }, { ...mother, id: 'father' }];
    expect(await readProxy(readerOf(...others, patient, mother), { body: named })).toEqual({
      ...{ patient, existing: mother },
    });
  });

  test('is in doubt once a therapy was halted, for whatever, until the hospital says that they still speak', () => {
    const halted = signed('lab.quality');
    expect(doubtedSince([mother, ended, { ...doubted, id: 'father' }], halted)).toEqual([
      { ...mother, doubted: halted },
    ]);
    const confirm = (existing: Proxy | undefined) =>
      decideConfirmProxy({ patient, existing }, command(clinician.id, named), by(clinician));
    const confirmed = confirm(doubted);
    expect(confirmed).toMatchObject({ changes: [{ confirmed: { actor: clinician.id } }] });
    expect(JSON.stringify(confirmed)).not.toContain('doubted');
    const refused = [mother, { ...ended, doubted: halted }, undefined].map(confirm);
    expect(refused).toMatchObject(
      ['NOTHING_CHANGES', 'PROXY_ENDED', 'UNKNOWN_PROXY'].map((code) => ({ reasons: [{ code }] })),
    );
  });

  test('agrees for the patient before two staff, and not once it is over', () => {
    const form = { id: 'information', version: '1.0', language: 'de-DE', digest: DIGEST };
    const body = {
      ...{ ...of, consent: 'consent-1', route: 'assisted' as const, proxy: 'mother' },
      ...{ formDigest: DIGEST, renderedCommitment: DIGEST },
      clauses: [{ clause: 'purpose', agreed: true }],
    };
    const asked = consent('requested', { form });
    const record = (proxy: Proxy | undefined, on = asked, who = nurse) =>
      decideRecordConsent(care(proxy, on), command(who.id, body), by(who));
    for (const invalid of [over, ended, doubted, undefined])
      expect(record(invalid)).toMatchObject({ decision: 'refused', reasons: { length: 1 } });
    const half = record(mother);
    const [first] = half.decision === 'permitted' ? half.changes : [];
    expect(first?.noun === 'consent' && record(mother, first, clinician)).toMatchObject({
      changes: [{ state: 'given', proxy: 'mother' }],
    });
  });

  test('says no for the patient, which counts at once, and of nobody else', () => {
    const said = (proxy: Proxy | undefined) =>
      decideRecordNo(
        care(proxy, consent('given')),
        command(nurse.id, {
          ...{ ...of, no: 'withdrawn' as const, route: 'verbal' as const, proxy: 'mother' },
        }),
        by(nurse),
      ).changes.length;
    expect([mother, doubted, over, ended, undefined].map(said)).toEqual([2, 2, 0, 0, 0]);
  });
});

describe('a minor who is able to judge', () => {
  const tell = (assents: boolean, on: Consent) =>
    decideRecordAssent(
      care(undefined, on),
      command(nurse.id, {
        ...{ ...of, consent: 'consent-1', coi: COI, assents, route: 'verbal' as const },
      }),
      by(nurse),
    ).changes;

  test('assents beside who consents, and by a dissent stops it at once', () => {
    expect(tell(true, consent('given'))).toMatchObject([
      { state: 'given', assent: { kind: 'verbal', recorded: { actor: nurse.id } } },
    ]);
    expect(tell(false, consent('given'))).toMatchObject([
      { id: 'consent-1', state: 'refused', route: { recorded: { actor: nurse.id } } },
    ]);
    expect(tell(true, consent('given', { id: 'other' }))).toEqual([]);
    expect(tell(false, consent('given', { id: 'other' }))).toMatchObject([
      { id: 'other', state: 'refused' },
      { state: 'refused', scope: {} },
    ]);
  });
});

describe('a patient who decides anew', () => {
  const require = (...on: readonly Consent[]) =>
    decideRequireReconsent(
      care(undefined, ...on),
      { ...command(clinician.id, of), annex: { reconsent: 'why' } },
      by(clinician),
    );

  test('has everything that is given wait for it, and nothing else', () => {
    const all = CONSENT_STATES.map((state) => consent(state, { id: state }));
    expect(require(...all)).toMatchObject({
      changes: [
        { id: 'given', state: 'reconsent-required', ended: { evidence: 'why' } },
        { id: 'renewed', state: 'reconsent-required' },
      ],
    });
    expect(require(consent('requested'))).toMatchObject({
      reasons: [{ code: 'CONSENT_NOT_OPEN' }],
    });
  });
});
