import { describe, expect, test } from '@jest/globals';
import { type JwsAlgorithm, JWS_ALGORITHMS } from '@veinledger/domain';
import type { Caller } from '../../auth/caller.js';
import { holdersBy } from '../../auth/lasting-grant.js';
import { clinician } from '../../gateway.fixture.js';
import type { StoredHook } from './hook.js';
import { registrantOf } from './registrant.js';

const now: Caller = {
  id: 'hospital.nurse',
  organisation: 'HospitalMSP',
  roles: ['nurse', 'coordinator'],
  keys: clinician.keys.public,
};
let required: readonly JwsAlgorithm[] = JWS_ALGORITHMS;
const served = (
  roles: StoredHook['roles'] | undefined,
  actor: Caller | undefined = now,
  algorithm: string | undefined = 'EdDSA',
) =>
  registrantOf(
    { registrant: now.id, ...(roles ? { roles } : {}), ...(algorithm ? { algorithm } : {}) },
    holdersBy({ find: () => Promise.resolve(actor) }, () => Promise.resolve(required)),
  );

describe('whom a webhook is served for', () => {
  test('has the roles under which it was made, and no other', async () => {
    expect((await served(['coordinator']))?.roles).toEqual(['coordinator']);
    expect((await served(['coordinator', 'courier']))?.roles).toEqual(['coordinator']);
  });

  test('is nobody where none of these roles is left, none is remembered, or the actor is revoked', async () => {
    expect(await served(['courier'])).toBeUndefined();
    expect(await served(undefined)).toBeUndefined();
    expect(await served(['nurse'], { ...now, revokedAt: '2026-11-22T13:07:00.000Z' })).toBe(
      undefined,
    );
  });

  test('is nobody where members sign no longer by the algorithm of its token, or none is remembered', async () => {
    required = ['ML-DSA-65'];
    const by = (algorithm: string) => served(['nurse'], now, algorithm);
    expect(await Promise.all([by('EdDSA'), by('Ed25519'), by('')])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const others = await Promise.all([by('ML-DSA-65'), by('RS256')]);
    expect(others.map((each) => each?.roles)).toEqual([['nurse'], ['nurse']]);
    required = JWS_ALGORITHMS;
    expect([(await by('EdDSA'))?.roles, await by('')]).toEqual([['nurse'], undefined]);
  });
});
