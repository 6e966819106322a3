import { describe, expect, test } from '@jest/globals';
import { bytesToBase64url } from '../encoding/bytes.js';
import { actor, command, context, DIGEST, NOW, signed } from '../example.fixture.js';
import { assembleJws, protectedHeader } from '../signing/jws-text.js';
import { keyIds } from '../signing/keys.js';
import type { Role } from '../values/roles.js';
import type { Actor } from '../nouns/actor.js';
import { heldBy } from './key-holders.js';
import { decideEnrol, enrolActor, type EnrolState } from './enrol.js';
import type { Organisation } from '../nouns/organisation.js';
import { possessionStatement } from '../signing/possession.js';

const registrar = actor('lab.registrar', 'LabMSP', 'registrar');
const OTHER = `${'B'.repeat(42)}A`;
const keys = { ed25519: 'A'.repeat(43), mlDsa65: 'A'.repeat(2603) };
const organisation: Organisation = {
  noun: 'organisation',
  id: 'LabMSP',
  country: 'DE',
  grantable: ['lab', 'designer', 'patient', 'registrar'],
  registrars: [registrar.id],
  standing: 'active',
};

function proofOf(id: string): string {
  const kids = keyIds(keys);
  const header = (alg: 'EdDSA' | 'ML-DSA-65', kid: string) =>
    protectedHeader(alg, kid, 'vnd.veinledger.possession+jws');
  const blank = (bytes: number) => bytesToBase64url(new Uint8Array(bytes));
  return assembleJws(possessionStatement(DIGEST, id), [
    { protected: header('EdDSA', kids.ed25519), signature: blank(64) },
    { protected: header('ML-DSA-65', kids.mlDsa65), signature: blank(3309) },
  ]);
}

function enrol(
  roles: readonly Role[],
  existing?: Actor,
  proof = proofOf('lab.new'),
  rest: object = { person: DIGEST },
  { personKey, known }: Pick<EnrolState, 'personKey' | 'known'> = {
    ...{ personKey: undefined, known: undefined },
  },
  annex?: Readonly<Record<string, string>>,
  patient?: Actor,
) {
  const wanted = { actor: 'lab.new', kind: 'person', roles, keys, proof, ...rest };
  const body = enrolActor.body.parse(wanted);
  const state = { organisation, existing, holders: [], personKey, known, patient };
  return decideEnrol(
    state,
    command(registrar.id, body, annex ? { annex } : {}),
    context(registrar),
  );
}

describe('an enrolment', () => {
  test('makes an actor of the registrar’s own organisation', async () => {
    expect(await enrol(['lab', 'designer'])).toEqual({
      decision: 'permitted',
      changes: [
        {
          noun: 'actor',
          id: 'lab.new',
          organisation: 'LabMSP',
          kind: 'person',
          roles: ['lab', 'designer'],
          person: DIGEST,
          keys,
          enrolledAt: NOW,
          enrolledBy: registrar.id,
        },
        { noun: 'natural-person', digest: DIGEST, person: DIGEST },
        ...heldBy('lab.new', keys),
      ],
    });
  });

  test.each<[string, readonly Role[], Actor | undefined, string]>([
    [
      'a role that the organisation may not grant',
      ['lab', 'clinician'],
      undefined,
      'ROLE_NOT_GRANTABLE',
    ],
    ['a registrar’s role beside another', ['registrar', 'lab'], undefined, 'ROLE_STANDS_ALONE'],
    ['a patient’s role beside another', ['patient', 'lab'], undefined, 'ROLE_STANDS_ALONE'],
    ['a proxy’s role beside another', ['proxy', 'lab'], undefined, 'ROLE_STANDS_ALONE'],
    [
      'a name that is taken, whose keys it would replace',
      ['lab'],
      actor('lab.new', 'LabMSP', 'lab'),
      'ACTOR_EXISTS',
    ],
  ])('with %s is refused', async (_name, roles, existing, code) => {
    expect(await enrol(roles, existing)).toMatchObject({
      decision: 'refused',
      reasons: expect.arrayContaining([expect.objectContaining({ code })]),
    });
  });

  test('names the natural person of staff, and of nothing else', async () => {
    const codes = async (rest: object) => {
      const decision = await enrol(['lab'], undefined, proofOf('lab.new'), rest);
      return decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];
    };
    expect(await codes({})).toEqual(['PERSON_NOT_NAMED']);
    expect(await codes({ kind: 'device' })).toEqual([]);
    expect(await codes({ kind: 'service', person: DIGEST })).toEqual(['NOT_STAFF']);
  });

  test('commits to the name that signatures of staff are printed with, and to no patient’s or device’s', async () => {
    const name = (roles: readonly Role[], rest?: object) =>
      enrol(roles, undefined, undefined, rest, undefined, { name: OTHER });
    expect(await name(['lab'])).toMatchObject({ changes: [{ printedName: OTHER }, {}, {}, {}] });
    const refused = { reasons: [{ code: 'NOT_STAFF', expected: 'no name to print' }] };
    expect(await name(['patient'], {})).toMatchObject(refused);
    expect(await name(['lab'], { kind: 'device' })).toMatchObject(refused);
  });

  test('names a person under the key that the registrars share now, and knows them again', async () => {
    const current = { noun: 'person-key', id: OTHER, shared: signed('a'), holders: ['a'] } as const;
    const under = (rest: object, left: readonly string[] = []) =>
      enrol(['lab'], undefined, proofOf('lab.new'), rest, {
        personKey: { current, left },
        known: { noun: 'natural-person', digest: DIGEST, person: OTHER },
      });
    const named = { person: DIGEST, personKey: OTHER };
    expect(await under(named)).toMatchObject({
      changes: [{ person: OTHER, personKey: OTHER }, { noun: 'key-holder' }, {}],
    });
    expect(await under({ person: DIGEST })).toMatchObject({
      reasons: [{ code: 'OTHER_PERSON_KEY', expected: OTHER, found: 'none' }],
    });
    expect(await under({ ...named, personKey: DIGEST })).toMatchObject({
      reasons: [{ code: 'OTHER_PERSON_KEY' }],
    });
    expect(await under(named, ['hospital.registrar'])).toMatchObject({
      reasons: [{ code: 'PERSON_KEY_TO_ROTATE', found: 'hospital.registrar' }],
    });
  });

  test('without the new actor’s own proof is an error', async () => {
    await expect(enrol(['lab'], undefined, proofOf('lab.other'))).rejects.toThrow(
      'POSSESSION_NOT_PROVED',
    );
  });

  const patient = actor('patient-1', 'LabMSP', 'patient');
  const proxy = (named: string | undefined, of?: Actor, roles: readonly Role[] = ['proxy']) => {
    const rest = named === undefined ? {} : { patient: named };
    const staff = roles.includes('proxy') ? {} : { person: DIGEST };
    const proof = proofOf('lab.new');
    return enrol(roles, undefined, proof, { ...rest, ...staff }, undefined, undefined, of);
  };

  test('of who speaks in a patient’s place names one patient of the hospital, whoever may enrol patients', async () => {
    expect(await proxy(patient.id, patient)).toMatchObject({
      decision: 'permitted',
      changes: [{ roles: ['proxy'], patient: patient.id }, {}, {}],
    });
  });

  test.each<[string, Parameters<typeof proxy>, string]>([
    ['for nobody', [undefined], 'NOT_A_PATIENT'],
    ['for who is not enrolled', [patient.id], 'NOT_A_PATIENT'],
    ['for one of the staff', ['lab.lab', actor('lab.lab', 'LabMSP', 'lab')], 'NOT_A_PATIENT'],
    [
      'for another hospital’s patient',
      [patient.id, { ...patient, organisation: 'HospitalMSP' }],
      'NOT_THE_PATIENTS_HOSPITAL',
    ],
    ['of the staff', [patient.id, patient, ['lab']], 'NOT_A_PROXY'],
  ])('of who speaks in a patient’s place is refused: %s', async (_name, asked, code) => {
    expect(await proxy(...asked)).toMatchObject({ decision: 'refused', reasons: [{ code }] });
  });
});
