import { describe, expect, test } from '@jest/globals';
import type { PermissionDecision } from '../commands/decision.js';
import { actor, command, context, DIGEST, NOW, signed } from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Governance } from '../nouns/governance.js';
import type { KeyShare } from '../nouns/key-share.js';
import type { NaturalPerson } from '../nouns/natural-person.js';
import type { PersonKey } from '../nouns/person-key.js';
import { hasLeft } from './person-key.js';
import { decideRestatePerson } from './restate-person.js';
import { decideSharePersonKey, MAX_SEALED, sharePersonKey } from './share-person-key.js';
import { decideStateRecipient } from './state-recipient.js';

const [OLD, NEW] = [DIGEST, `${'B'.repeat(42)}A`];
const recipient = `age1pq1${'q'.repeat(1952)}`;
const registrarOf = (member: string) =>
  actor(`${member}.registrar`, `${member.toUpperCase()}MSP`, 'registrar');
const [lab, hospital, maker] = [registrarOf('lab'), registrarOf('hospital'), registrarOf('maker')];
const shareOf = ({ id }: Actor): KeyShare => {
  return { noun: 'key-share', registrar: id, recipient, stated: signed(id) };
};
const codes = (decision: PermissionDecision) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : ['permitted'];
const heldBy = (...holders: readonly Actor[]): PersonKey => {
  const ids = holders.map(({ id }) => id);
  return { noun: 'person-key', id: OLD, shared: signed('lab.registrar'), holders: ids };
};

function share(
  current: PersonKey | undefined,
  body: { key: string; replaces?: string },
  to: readonly Actor[],
  {
    left = [],
    members = [],
    shares = to.map(shareOf),
  }: {
    left?: string[];
    members?: Governance['members'];
    shares?: (KeyShare | undefined)[];
  } = {},
) {
  const sealed = to.map(({ id }) => ({ registrar: id, file: 'AAAA' }));
  const receivers = to.map((each, index) => ({ actor: each, share: shares[index] }));
  return decideSharePersonKey(
    { current, left, receivers, governance: { members } },
    command(lab.id, sharePersonKey.body.parse({ ...body, sealed })),
    context(lab),
  );
}

describe('the key under which registrars know a person again', () => {
  test('is shared once, and its copies stand where their receivers find them', () => {
    expect(share(undefined, { key: OLD }, [lab, hospital])).toMatchObject({
      changes: [
        { noun: 'person-key', id: OLD, holders: [lab.id, hospital.id] },
        { noun: 'key-share', registrar: lab.id, recipient, sealed: { key: OLD, file: 'AAAA' } },
        { noun: 'key-share', registrar: hospital.id, sealed: { by: { actor: lab.id } } },
      ],
    });
  });

  test('goes to a registrar who is enrolled later, from one who holds it', () => {
    expect(share(heldBy(lab), { key: OLD }, [hospital])).toMatchObject({
      changes: [
        { id: OLD, holders: [lab.id, hospital.id] },
        { registrar: hospital.id, sealed: { key: OLD } },
      ],
    });
    expect(codes(share(heldBy(maker), { key: OLD }, [hospital]))).toEqual(['NOT_A_HOLDER']);
  });

  test('goes to active registrars only, each of whom said for which recipient', () => {
    const ended = { ...hospital, revocation: { at: NOW, by: 'a', reason: 'left' } };
    const to = (other: Actor) => codes(share(undefined, { key: OLD }, [lab, other]));
    expect(to(ended)).toEqual(['NOT_A_REGISTRAR']);
    expect(to(actor('hospital.nurse', 'HospitalMSP', 'nurse'))).toEqual(['NOT_A_REGISTRAR']);
    expect(to(lab)).toEqual(['SEALED_TWICE']);
    for (const [standing, said] of [
      ['left', ['NOT_A_REGISTRAR']],
      ['suspended', ['permitted']],
    ] as const) {
      const members = [{ id: hospital.organisation, standing }];
      const copy = share(heldBy(lab), { key: OLD }, [hospital], { members });
      expect(codes(copy)).toEqual(said);
      const first = share(undefined, { key: OLD }, [lab, hospital], { members });
      expect(codes(first)).toEqual(said);
    }
    const none = share(undefined, { key: OLD }, [lab], { shares: [undefined] });
    expect(codes(none)).toEqual(['NO_RECIPIENT']);
  });

  test('gives way to a new one of which nobody who stays is shut out, and nobody who left learns', () => {
    const current = heldBy(lab, hospital, maker);
    const renew = { key: NEW, replaces: OLD };
    const left = { left: [maker.id] };
    expect(share(current, renew, [lab, hospital], left)).toMatchObject({
      changes: [{ id: NEW, replaces: OLD, holders: [lab.id, hospital.id] }, {}, {}],
    });
    expect(codes(share(current, renew, [lab], left))).toEqual(['REGISTRAR_LEFT_OUT']);
    expect(codes(share(current, renew, [hospital], left))).toEqual(['REGISTRAR_LEFT_OUT']);
    expect(codes(share(current, renew, [lab, hospital, maker], left))).toEqual(['REGISTRAR_LEFT']);
    expect(codes(share(current, { key: NEW }, [lab, hospital], left))).toEqual([
      'OTHER_PERSON_KEY',
    ]);
    expect(codes(share(undefined, renew, [lab]))).toEqual(['OTHER_PERSON_KEY']);
    expect(codes(share(current, { key: OLD, replaces: OLD }, [hospital]))).toEqual([
      'SAME_PERSON_KEY',
    ]);
  });

  test('can be renewed by whoever lost it, so that nobody waits for a holder', () => {
    const renewed = share(heldBy(hospital), { key: NEW, replaces: OLD }, [lab, hospital]);
    expect(codes(renewed)).toEqual(['permitted']);
  });

  test('goes to as many as one command carries, and to the others by further ones', () => {
    const many = Array.from({ length: MAX_SEALED + 1 }, (_, index) => registrarOf(`m${index}`));
    const first = [lab, ...many.slice(0, MAX_SEALED - 1)];
    const current = heldBy(lab, ...many);
    expect(codes(share(current, { key: NEW, replaces: OLD }, first))).toEqual(['permitted']);
  });

  test('is to be renewed when who holds it has left, or their organisation', () => {
    const standing = (of: 'active' | 'suspended' | 'left') => {
      return { members: [{ id: lab.organisation, standing: of }] };
    };
    expect(hasLeft(lab, standing('active'))).toBe(false);
    expect(hasLeft(lab, standing('suspended'))).toBe(false);
    expect(hasLeft(lab, standing('left'))).toBe(true);
    const revocation = { at: NOW, by: 'a', reason: 'left' };
    expect(hasLeft({ ...lab, revocation }, standing('active'))).toBe(true);
  });
});

test('a registrar’s other recipient opens nothing that was sealed before, which goes', () => {
  const state = (share: KeyShare | undefined) =>
    decideStateRecipient({ share }, command(lab.id, { recipient }), context(lab));
  expect(state(undefined)).toMatchObject({ changes: [{ registrar: lab.id, recipient }] });
  expect(codes(state(shareOf(lab)))).toEqual(['RECIPIENT_STATED']);
  const sealed = { key: OLD, file: 'AAAA', by: signed(lab.id) };
  const before = { ...shareOf(lab), recipient: `age1pq1${'p'.repeat(1952)}`, sealed };
  expect(state(before)).toMatchObject({ changes: [expect.not.objectContaining({ sealed })] });
});

describe('a person who is named under a new key', () => {
  const nurse: Actor = { ...actor('lab.nurse', 'LABMSP', 'nurse'), person: OLD, personKey: OLD };
  const current: PersonKey = { ...heldBy(lab), id: NEW, replaces: OLD };
  const D2 = `${'C'.repeat(42)}A`;
  const restate = (
    target: Actor | undefined,
    { known, key = NEW, name }: { known?: NaturalPerson; key?: string; name?: string } = {},
  ) =>
    decideRestatePerson(
      { current, left: [], target, known },
      command(
        lab.id,
        { actor: nurse.id, person: D2, personKey: key },
        name === undefined ? {} : { annex: { name } },
      ),
      context(lab),
    );

  test('signs as the same person as before, and so does whoever is enrolled as them from now on', () => {
    expect(restate(nurse)).toMatchObject({
      changes: [
        { noun: 'actor', id: nurse.id, person: OLD, personKey: NEW },
        { noun: 'natural-person', digest: D2, person: OLD },
      ],
    });
  });

  test('is who was enrolled under it in the meantime', () => {
    const known = { noun: 'natural-person', digest: D2, person: D2 } as const;
    expect(restate(nurse, { known })).toMatchObject({ changes: [{ person: D2, personKey: NEW }] });
  });

  test('is printed by another name from then on, and what was signed before by the former one', () => {
    const [first, second] = ['F', 'S'].map((each) => `${each.repeat(42)}A`);
    const named = restate(nurse, { name: first ?? '' });
    const none = { changes: [{ printedName: first, formerNames: [{ until: NOW }] }, {}] };
    expect(named).toMatchObject(none);
    const renamed = restate({ ...nurse, printedName: first ?? '' }, { name: second ?? '' });
    expect(renamed).toMatchObject({
      changes: [{ printedName: second, formerNames: [{ printedName: first, until: NOW }] }, {}],
    });
    const kept = restate({ ...nurse, printedName: first ?? '' });
    expect(kept).toMatchObject({ changes: [{ printedName: first }, {}] });
    expect(JSON.stringify(kept)).not.toContain('formerNames');
  });

  test('is named once for each key, under the current one, and is one of the staff', () => {
    expect(codes(restate({ ...nurse, personKey: NEW }))).toEqual(['PERSON_RESTATED']);
    expect(codes(restate(nurse, { key: OLD }))).toEqual(['OTHER_PERSON_KEY']);
    expect(codes(restate(lab))).toEqual(['NOT_STAFF']);
    expect(codes(restate(undefined))).toEqual(['NO_SUCH_ACTOR']);
  });
});
