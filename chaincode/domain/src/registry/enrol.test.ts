import { describe, expect, test } from '@jest/globals';
import { bytesToBase64url } from '../encoding/bytes.js';
import { actor, command, context, DIGEST, NOW } from '../example.fixture.js';
import { assembleJws, protectedHeader } from '../signing/jws-text.js';
import { keyIds } from '../signing/keys.js';
import type { Role } from '../values/roles.js';
import type { Actor } from '../nouns/actor.js';
import { heldBy } from './key-holders.js';
import { decideEnrol, enrolActor } from './enrol.js';
import type { Organisation } from '../nouns/organisation.js';
import { possessionStatement } from '../signing/possession.js';

const registrar = actor('lab.registrar', 'LabMSP', 'registrar');
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
) {
  const wanted = { actor: 'lab.new', kind: 'person', roles, keys, proof, ...rest };
  const body = enrolActor.body.parse(wanted);
  const state = { organisation, existing, holders: [] };
  return decideEnrol(state, command(registrar.id, body), context(registrar));
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

  test('without the new actor’s own proof is an error', async () => {
    await expect(enrol(['lab'], undefined, proofOf('lab.other'))).rejects.toThrow(
      'POSSESSION_NOT_PROVED',
    );
  });
});
