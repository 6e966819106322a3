import { describe, expect, test } from '@jest/globals';
import type { Caller } from '../../auth/caller.js';
import { clinician } from '../../gateway.fixture.js';
import type { StoredHook } from './hook.js';
import { registrantOf } from './registrant.js';

const now: Caller = {
  id: 'hospital.nurse',
  organisation: 'HospitalMSP',
  roles: ['nurse', 'coordinator'],
  keys: clinician.keys.public,
};
const served = (roles: StoredHook['roles'] | undefined, actor: Caller | undefined = now) =>
  registrantOf(
    { registrant: now.id, ...(roles ? { roles } : {}) },
    { find: () => Promise.resolve(actor) },
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
});
