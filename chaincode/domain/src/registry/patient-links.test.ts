import { describe, expect, test } from '@jest/globals';
import type { PermissionDecision } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import { joinedNoes } from '../consent/joined.js';
import { actor, command, consent, context, NOW, signed } from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Consent } from '../nouns/consent.js';
import type { PatientLink } from '../nouns/patient-link.js';
import type { Entity, EntityOf, Noun } from '../nouns/registry.js';
import { addMinutes } from '../values/time.js';
import { decideLink, onlyTheirHospitals } from './patient-links.js';

const one = actor('patient-1', 'HospitalMSP', 'patient');
const two = actor('patient-2', 'ClinicMSP', 'patient');
const sibling = actor('patient-3', 'HospitalMSP', 'patient');
const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const registrar = actor('hospital.registrar', 'HospitalMSP', 'registrar');
const elsewhere = actor('clinic.clinician', 'ClinicMSP', 'clinician');
const by = (who: Actor) => context(who, { person: who.id });

const say = (
  who: Actor,
  link: PatientLink | undefined,
  patients: readonly [Actor, Actor] = [one, two],
  to: PatientLink['state'] = 'joined',
) => {
  const [{ id: patient }, { id: other }] = patients;
  return decideLink({ patients, link }, command(who.id, { patient, other }), by(who), to);
};
const linkOf = (decision: PermissionDecision): PatientLink | undefined =>
  decision.decision === 'permitted'
    ? decision.changes.find((each) => each.noun === 'patient-link')
    : undefined;
const codes = (decision: PermissionDecision) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

/** What is said no to under a pseudonym, as the other of the two is told it. */
function noes(link: PatientLink | undefined, ...consents: readonly Consent[]) {
  const nothing = () => Promise.resolve(undefined);
  const never = () => Promise.reject(new Error('nothing of that is asked'));
  const held: readonly Entity[] = link ? [link, ...consents] : consents;
  const reader: Reader = {
    get: nothing,
    range: <N extends Noun>(noun: N) =>
      Promise.resolve(held.filter((each): each is EntityOf<N> => each.noun === noun)),
    ...{ wholeTherapy: never, therapy: never, processOf: never, record: nothing },
    ...{ named: never, given: never, shared: never, subject: nothing },
  };
  return joinedNoes(reader, 'patient-1');
}

describe('joining two pseudonyms', () => {
  test('takes two people, of both hospitals where they are two', () => {
    const half = linkOf(say(clinician, undefined));
    expect(half).toMatchObject({
      state: 'apart',
      half: { to: 'joined', by: { actor: clinician.id } },
    });
    expect(linkOf(say(elsewhere, half))).toMatchObject({
      ...{ state: 'joined', patient: 'patient-1', other: 'patient-2' },
      signatures: [{ actor: clinician.id }, { actor: elsewhere.id }],
    });
    expect(codes(say(registrar, half))).toEqual(['NOT_ASKED_TO_SIGN']);
    expect(linkOf(say(clinician, half))).toMatchObject({ state: 'apart' });
    const pair = [one, sibling] as const;
    const within = linkOf(say(clinician, undefined, pair));
    expect(linkOf(say(registrar, within, pair))).toMatchObject({ state: 'joined' });
    expect(linkOf(say(registrar, within, pair))).not.toHaveProperty('half');
  });

  test('stands under both, and is undone by two', () => {
    const decided = say(clinician, undefined);
    expect(decided).toMatchObject({
      changes: [
        { patient: 'patient-1', other: 'patient-2' },
        { patient: 'patient-2', other: 'patient-1' },
      ],
    });
    const joined = linkOf(say(elsewhere, linkOf(decided)));
    expect(codes(say(clinician, joined))).toEqual(['NOTHING_CHANGES']);
    const half = linkOf(say(clinician, joined, [one, two], 'apart'));
    expect(half).toMatchObject({ state: 'joined', half: { to: 'apart' } });
    expect(linkOf(say(elsewhere, half, [one, two], 'apart'))).toMatchObject({ state: 'apart' });
    expect(codes(say(clinician, undefined, [one, two], 'apart'))).toEqual(['NOTHING_CHANGES']);
  });

  test('is of two patients', () => {
    expect(codes(say(clinician, undefined, [one, one]))).toEqual(['NOTHING_CHANGES']);
    expect(codes(say(clinician, undefined, [one, clinician]))).toEqual(['NOT_A_PATIENT']);
  });

  test('is said by staff of one of their hospitals', () => {
    const ask = (who: Actor) =>
      onlyTheirHospitals(
        { patients: [one, two], link: undefined },
        { body: { patient: one.id, other: two.id } },
        by(who),
      ).length;
    expect([clinician, elsewhere, actor('lab.x', 'LabMSP', 'clinician')].map(ask)).toEqual([
      0, 0, 1,
    ]);
  });

  const link: PatientLink = {
    ...{ noun: 'patient-link', patient: 'patient-1', other: 'patient-2', state: 'joined' },
    signatures: [{ ...signed(clinician.id), organisation: 'HospitalMSP' }],
  };
  const no = consent('withdrawn', {
    ...{ patient: 'patient-2', decided: signed('patient-2'), ended: signed('patient-2') },
    scope: { geography: ['DE'] },
  });

  test('makes a no count for both, and a yes for its own form alone', async () => {
    const told = await noes(link, no, consent('given'), consent('revoked', { ended: signed('x') }));
    expect(told).toEqual([
      {
        ...{ noun: 'consent', patient: 'patient-1', purpose: no.purpose, state: 'withdrawn' },
        ...{ legalBasis: 'consent', scope: no.scope, id: `J1.${signed('x').command}` },
      },
    ]);
    expect(JSON.stringify(told)).not.toContain('patient-2');
    expect(await noes(undefined, no)).toEqual([]);
  });

  test('once it is undone leaves what was said until then, for both', async () => {
    const parted = { ...link, state: 'apart' as const };
    expect(await noes(parted, no)).toHaveLength(1);
    const later = { ...signed('patient-2'), time: addMinutes(NOW, 10) };
    expect(await noes(parted, { ...no, ended: later })).toEqual([]);
    expect(await noes({ ...parted, signatures: [] }, no)).toEqual([]);
  });
});
