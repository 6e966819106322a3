import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type JWTPayload, SignJWT } from 'jose';
import { generateActorKeys } from '@veinledger/client/node';
import { ProblemError } from '../problems/problem.js';
import { BearerCheck } from './bearer-check.js';
import type { Caller } from './caller.js';
import { type IdentityProvider, identityProvider } from './identity-provider.fixture.js';
import { issuerKeys, type IssuerKeysOptions } from './issuer-keys.js';

const AUDIENCE = 'veinledger';
const actor = (id: string, organisation: string, roles: Caller['roles']): Caller => ({
  id,
  organisation,
  roles,
  keys: generateActorKeys().public,
});
const enrolled = [
  actor('hospital.nurse', 'HospitalMSP', ['nurse', 'clinician']),
  actor('patient-1', 'HospitalMSP', ['patient']),
  actor('lab.designer', 'LabMSP', ['designer']),
  { ...actor('hospital.left', 'HospitalMSP', ['nurse']), revokedAt: '2026-11-22T13:07:00.000Z' },
];

let provider: IdentityProvider;
let check: BearerCheck;
beforeEach(async () => {
  provider = await identityProvider();
  check = checkWith({});
});
afterEach(() => provider.close());

function checkWith(options: IssuerKeysOptions, url = provider.url): BearerCheck {
  const issuer = { url, audience: AUDIENCE, organisation: 'HospitalMSP', actorClaim: 'actor' };
  return new BearerCheck({
    audience: () => 'https://gateway.example',
    directory: { find: (id) => Promise.resolve(enrolled.find((each) => each.id === id)) },
    algorithms: () => Promise.resolve(['ML-DSA-65']),
    issuers: [{ ...issuer, keyOf: issuerKeys(url, options) }],
  });
}

const now = () => Math.floor(Date.now() / 1000);
const claims = (more: JWTPayload = {}): JWTPayload => ({
  iss: provider.url,
  sub: 'a-person',
  aud: AUDIENCE,
  exp: now() + 300,
  actor: 'hospital.nurse',
  ...more,
});
const tokenOf = async (more: JWTPayload = {}) => `Bearer ${await provider.token(claims(more))}`;

async function problemOf(authorization: string, by = check) {
  const error: unknown = await by.check(authorization).catch((reason: unknown) => reason);
  if (error instanceof ProblemError) return `${error.details.status} ${error.details.code}`;
  throw new Error(`expected a problem, found ${JSON.stringify(error)}`);
}

describe("a token of a member's identity provider", () => {
  test('speaks for the actor that its claim names', async () => {
    const caller = await check.check(await tokenOf());
    expect(caller).toMatchObject({ id: 'hospital.nurse', roles: ['nurse', 'clinician'] });
  });

  const past = Math.floor(Date.now() / 1000) - 400;
  const later = past + 4000;
  test.each<[string, JWTPayload, string]>([
    ['has expired', { exp: past }, '401 TOKEN_EXPIRED'],
    ['is not valid yet', { nbf: later }, '401 TOKEN_NOT_YET_VALID'],
    ['is for another gateway', { aud: 'another' }, '401 WRONG_AUDIENCE'],
    ['is of an issuer that nobody configured', { iss: 'https://x.example' }, '401 WRONG_ISSUER'],
    ['names no actor', { actor: 7 }, '401 TOKEN_INCOMPLETE'],
    ['names somebody whom nobody enrolled', { actor: 'hospital.x' }, '403 ACTOR_UNKNOWN'],
    ["names another member's actor", { actor: 'lab.designer' }, '403 OTHER_MEMBERS_ACTOR'],
    ['names somebody who was revoked', { actor: 'hospital.left' }, '401 ACTOR_REVOKED'],
    ['carries roles that are no list', { roles: 'nurse' }, '401 TOKEN_INVALID'],
    ['leaves its actor no role', { roles: ['courier'] }, '403 ROLES_DENIED'],
  ])('that %s is refused', async (_, more, code) => {
    expect(await problemOf(await tokenOf(more))).toBe(code);
  });

  test('that never ends is refused', async () => {
    const endless = { iss: provider.url, aud: AUDIENCE, actor: 'hospital.nurse' };
    const token = await provider.token(endless);
    expect(await problemOf(`Bearer ${token}`)).toBe('401 TOKEN_INCOMPLETE');
  });

  test('narrows the roles to those that it names, and adds none', async () => {
    const caller = await check.check(await tokenOf({ roles: ['clinician', 'quality'] }));
    expect(caller.roles).toEqual(['clinician']);
  });

  test('cannot make a patient pass for staff', async () => {
    const caller = await check.check(await tokenOf({ actor: 'patient-1', roles: [] }));
    expect(caller.roles).toEqual(['patient']);
  });

  test('without a signature, or with a MAC, is refused as unsigned', async () => {
    const body = Buffer.from(JSON.stringify(claims())).toString('base64url');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    expect(await problemOf(`Bearer ${none}.${body}.`)).toBe('401 TOKEN_UNSIGNED');
    const mac = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid: 'key-0' })
      .sign(new TextEncoder().encode('the published key, taken for a secret'));
    expect(await problemOf(`Bearer ${mac}`)).toBe('401 TOKEN_UNSIGNED');
  });

  test('that was changed, or signed by a key of the same name, is refused', async () => {
    const [header = '', , signature = ''] = (await provider.token(claims())).split('.');
    const body = Buffer.from(JSON.stringify(claims({ actor: 'patient-1' }))).toString('base64url');
    expect(await problemOf(`Bearer ${header}.${body}.${signature}`)).toBe('401 SIGNATURE_WRONG');
    await check.check(await tokenOf());
    await provider.rotate();
    const other = await provider.token(claims(), { kid: 'key-0' });
    expect(await problemOf(`Bearer ${other}`)).toBe('401 SIGNATURE_WRONG');
  });

  test('that is no JWT is malformed', async () => {
    expect(await problemOf('Bearer a.b.c')).toBe('401 TOKEN_MALFORMED');
  });

  test('of another kind than an access or identity token is refused', async () => {
    const logout = await provider.token(claims(), { typ: 'logout+jwt' });
    expect(await problemOf(`Bearer ${logout}`)).toBe('401 TOKEN_INVALID');
  });
});

describe("an issuer's keys", () => {
  test('are fetched once for many tokens', async () => {
    for (let call = 0; call < 3; call += 1) await check.check(await tokenOf());
    expect(provider.asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  test('are fetched again when a token names one that is not known yet', async () => {
    check = checkWith({ cooldownMs: 0 });
    await check.check(await tokenOf());
    await provider.rotate();
    await expect(check.check(await tokenOf())).resolves.toMatchObject({ id: 'hospital.nurse' });
  });

  test('are not fetched for every unknown key that somebody makes up', async () => {
    await check.check(await tokenOf());
    for (const kid of ['made-up-1', 'made-up-2']) {
      const token = await provider.token(claims(), { kid });
      expect(await problemOf(`Bearer ${token}`)).toBe('401 SIGNATURE_WRONG');
    }
    expect(provider.asked.filter((path) => path === '/keys')).toHaveLength(1);
  });

  test('that cannot be had leave the token unjudged, until the issuer answers again', async () => {
    check = checkWith({ pauseMs: 0 });
    provider.fail(true);
    expect(await problemOf(await tokenOf())).toBe('503 ISSUER_UNAVAILABLE');
    provider.fail(false);
    await expect(check.check(await tokenOf())).resolves.toMatchObject({ id: 'hospital.nurse' });
  });

  test('are not asked for again at once after a failure', async () => {
    provider.fail(true);
    for (let call = 0; call < 3; call += 1) await problemOf(await tokenOf());
    expect(provider.asked).toHaveLength(1);
  });

  test('that nobody can be reached for are unavailable too', async () => {
    const { url } = provider;
    const authorization = await tokenOf();
    await provider.close();
    expect(await problemOf(authorization, checkWith({}, url))).toBe('503 ISSUER_UNAVAILABLE');
    provider = await identityProvider();
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['of another issuer', { issuer: 'https://login.example' }],
    ['that names no place for keys', { jwks_uri: 'file:///etc/passwd' }],
  ])('are not taken from a discovery document %s', async (_, metadata) => {
    provider.misstate(metadata);
    expect(await problemOf(await tokenOf())).toBe('503 ISSUER_UNAVAILABLE');
    expect(provider.asked).not.toContain('/keys');
  });
});
