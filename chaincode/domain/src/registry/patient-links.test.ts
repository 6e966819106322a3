import { describe, expect, test } from '@jest/globals';
import type { PermissionDecision } from '../commands/decision.js';
import { readerOf } from '../commands/reader.fixture.js';
import { joinedNoes } from '../consent/joined.js';
import { actor, command, consent, context, NOW, signed } from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Consent } from '../nouns/consent.js';
import type { PatientLink, PatientLinks } from '../nouns/patient-links.js';
import { purposeConsents } from '../nouns/purpose-consents.js';
import type { Entity } from '../nouns/registry.js';
import { addMinutes, MAX_CLOCK_SKEW_MS } from '../values/time.js';
import type { Purpose } from '../values/words.js';
import { decideLink, onlyTheirHospitals, readLink } from './patient-links.js';

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
  const links = linksOf(link);
  const another = { noun: 'patient-links', patient: 'patient-0', links: [] } as const;
  const reader = readerOf(another, ...(links ? [links] : []), ...consents);
  return joinedNoes(reader, 'patient-1', purpose);
}

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
    expect(half?.signatures.map((each) => each.actor)).toEqual([clinician.id, elsewhere.id]);
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

  test('is decided on both of them, and on what stands under each', async () => {
    const links = { noun: 'patient-links', patient: two.id, links: [] } as const;
    const body = { patient: one.id, other: two.id };
    expect(await readLink(readerOf(links, two, one), { body })).toEqual({
      patients: [one, two],
      links: [undefined, links],
    });
  });

  test('is said by staff of one of their hospitals', () => {
    const ask = (who: Actor, patients: readonly (Actor | undefined)[] = [one, two]) =>
      onlyTheirHospitals(
        { patients, links: [] },
        { body: { patient: one.id, other: two.id } },
        by(who),
      );
    const stranger = actor('lab.x', 'LabMSP', 'clinician');
    expect([clinician, elsewhere].flatMap((who) => ask(who))).toEqual([]);
    expect(ask(stranger)).toEqual([
      { code: 'NOT_THE_PATIENTS_HOSPITAL', subject: 'actor patient-1', found: 'LabMSP' },
    ]);
    // of whom nobody knows whose patient it is, it is refused for that
    expect(ask(stranger, [one, undefined])).toEqual([]);
  });

  const no = consent('withdrawn', {
    ...{ patient: 'patient-2', decided: signed('patient-2'), ended: signed('patient-2') },
    scope: { geography: ['DE'] },
  });

  test('makes a no count for both, and a yes for its own form alone', async () => {
    const ended = signed('x');
    const yes = consent('given', { patient: 'patient-2', ended });
    const byOthers = consent('revoked', { patient: 'patient-2', ended });
    const elsewhere = consent('withdrawn', { patient: 'patient-5', ended });
    const without = consent('withdrawn', { patient: 'patient-2', id: 'never-said' });
    const told = await noes(link, no, yes, byOthers, elsewhere, without);
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
    // as long as clocks may differ
    const meanwhile = { ...signed('patient-2'), time: addMinutes(NOW, MAX_CLOCK_SKEW_MS / 60_000) };
    expect(await noes(parted, { ...no, ended: meanwhile })).toHaveLength(1);
    const later = { ...signed('patient-2'), time: addMinutes(NOW, 10) };
    expect(await noes(link, { ...no, ended: later })).toHaveLength(1);
    expect(await noes(parted, { ...no, ended: later })).toEqual([]);
    expect(await noes({ ...parted, signatures: [] }, no)).toEqual([]);
  });
});
