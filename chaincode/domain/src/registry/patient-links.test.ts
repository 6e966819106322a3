import { describe, expect, test } from '@jest/globals';
import type { PermissionDecision } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import { joinedNoes } from '../consent/joined.js';
import { actor, command, consent, context, NOW, signed } from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Consent } from '../nouns/consent.js';
import type { PatientLink, PatientLinks } from '../nouns/patient-links.js';
import { purposeConsents } from '../nouns/purpose-consents.js';
import type { Entity, EntityOf, Noun } from '../nouns/registry.js';
import { addMinutes } from '../values/time.js';
import type { Purpose } from '../values/words.js';
import { decideLink, onlyTheirHospitals } from './patient-links.js';

const one = actor('patient-1', 'HospitalMSP', 'patient');
const two = actor('patient-2', 'ClinicMSP', 'patient');
const sibling = actor('patient-3', 'HospitalMSP', 'patient');
const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const registrar = actor('hospital.registrar', 'HospitalMSP', 'registrar');
const elsewhere = actor('clinic.clinician', 'ClinicMSP', 'clinician');
const by = (who: Actor) => context(who, { person: who.id });

/** A link, and under which pseudonym it stands. */
type Linked = PatientLink & Pick<PatientLinks, 'patient'>;

const say = (
  who: Actor,
  link: Linked | undefined,
  patients: readonly [Actor, Actor] = [one, two],
  to: PatientLink['state'] = 'joined',
) => {
  const [{ id: patient }, { id: other }] = patients;
  const links = [linksOf(link), undefined];
  return decideLink({ patients, links }, command(who.id, { patient, other }), by(who), to);
};
const linksOf = (link: Linked | undefined): PatientLinks | undefined => {
  if (!link) return undefined;
  const { patient, ...of } = link;
  return { noun: 'patient-links', patient, links: [of] };
};
const linkOf = (decision: PermissionDecision): Linked | undefined => {
  const [first] = recordsOf(decision);
  const [link] = first?.links ?? [];
  return first && link && { ...link, patient: first.patient };
};
const recordsOf = (decision: PermissionDecision) =>
  decision.decision === 'permitted'
    ? decision.changes.filter((each) => each.noun === 'patient-links')
    : [];
const codes = (decision: PermissionDecision) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

/** What is said no to under a pseudonym, as the other of the two is told it. */
function noes(link: Linked | undefined, ...consents: readonly Consent[]) {
  return noesTo(undefined, link, ...consents);
}

function noesTo(
  purpose: Purpose | undefined,
  link: Linked | undefined,
  ...consents: readonly Entity[]
) {
  const nothing = () => Promise.resolve(undefined);
  const never = () => Promise.reject(new Error('nothing of that is asked'));
  const links = linksOf(link);
  const held: readonly Entity[] = links ? [links, ...consents] : consents;
  const among = <N extends Noun>(noun: N, asked: object) =>
    held
      .filter((each): each is EntityOf<N> => each.noun === noun)
      .filter((each) => Object.entries(asked).every(([name, value]) => has(each, name, value)));
  const reader: Reader = {
    get: (noun, key) => Promise.resolve(among(noun, key)[0]),
    range: (noun, shared) => Promise.resolve(among(noun, shared)),
    ...{ wholeTherapy: never, therapy: never, processOf: never, record: nothing },
    ...{ named: never, given: never, shared: never, subject: nothing },
  };
  return joinedNoes(reader, 'patient-1', purpose);
}
const has = (entity: object, name: string, value: unknown) =>
  Object.entries(entity).some(([each, is]) => each === name && is === value);

describe('joining two pseudonyms', () => {
  const link: Linked = {
    ...{ patient: 'patient-1', other: 'patient-2', state: 'joined' },
    signatures: [{ ...signed(clinician.id), organisation: 'HospitalMSP' }],
  };

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
        { patient: 'patient-1', links: [{ other: 'patient-2' }] },
        { patient: 'patient-2', links: [{ other: 'patient-1' }] },
      ],
    });
    const joined = linkOf(say(elsewhere, linkOf(decided)));
    expect(codes(say(clinician, joined))).toEqual(['NOTHING_CHANGES']);
    const half = linkOf(say(clinician, joined, [one, two], 'apart'));
    expect(half).toMatchObject({ state: 'joined', half: { to: 'apart' } });
    expect(linkOf(say(elsewhere, half, [one, two], 'apart'))).toMatchObject({ state: 'apart' });
    expect(codes(say(clinician, undefined, [one, two], 'apart'))).toEqual(['NOTHING_CHANGES']);
  });

  test('leaves what was said of others beside it', () => {
    const { patient, ...third } = { ...link, other: 'patient-4' };
    const links = [{ noun: 'patient-links', patient, links: [third] } as const, undefined];
    const body = { patient: one.id, other: two.id };
    const said = decideLink(
      { patients: [one, two], links },
      command(clinician.id, body),
      by(clinician),
      'joined',
    );
    expect(recordsOf(said).map((each) => each.links.map(({ other }) => other))).toEqual([
      ['patient-4', 'patient-2'],
      ['patient-1'],
    ]);
  });

  test('is of two patients', () => {
    expect(codes(say(clinician, undefined, [one, one]))).toEqual(['NOTHING_CHANGES']);
    expect(codes(say(clinician, undefined, [one, clinician]))).toEqual(['NOT_A_PATIENT']);
  });

  test('is said by staff of one of their hospitals', () => {
    const ask = (who: Actor) =>
      onlyTheirHospitals(
        { patients: [one, two], links: [] },
        { body: { patient: one.id, other: two.id } },
        by(who),
      ).length;
    expect([clinician, elsewhere, actor('lab.x', 'LabMSP', 'clinician')].map(ask)).toEqual([
      0, 0, 1,
    ]);
  });

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
    const kept = purposeConsents(no, [no]);
    expect(await noesTo(no.purpose, link, kept)).toEqual(told);
    expect(await noesTo('RESEARCH', link, kept)).toEqual([]);
  });

  test('once it is undone leaves what was said until then, for both', async () => {
    const parted = { ...link, state: 'apart' as const };
    expect(await noes(parted, no)).toHaveLength(1);
    const later = { ...signed('patient-2'), time: addMinutes(NOW, 10) };
    expect(await noes(parted, { ...no, ended: later })).toEqual([]);
    expect(await noes({ ...parted, signatures: [] }, no)).toEqual([]);
  });
});
