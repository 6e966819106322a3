import { JWS_ALGORITHMS, type JwsAlgorithm, keyIds, toJwks } from '@veinledger/domain';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { importJWK, SignJWT } from 'jose';
import { BEARER_TYPE, generateActorKeys, issueBearerToken } from '@veinledger/client/node';
import { ProblemError } from '../problems/problem.js';
import { BearerCheck } from './bearer-check.js';
import type { Caller } from './caller.js';

const AUDIENCE = 'https://gateway.example';
const keys = generateActorKeys();
const others = generateActorKeys();
const nurse: Caller = {
  id: 'nurse-7',
  organisation: 'HospitalMSP',
  roles: ['nurse'],
  keys: keys.public,
};
let enrolled: Caller | undefined;
let required: readonly JwsAlgorithm[];
beforeEach(() => {
  enrolled = nurse;
  required = JWS_ALGORITHMS;
});

const check = new BearerCheck({
  audience: () => AUDIENCE,
  directory: { find: (id) => Promise.resolve(id === enrolled?.id ? enrolled : undefined) },
  algorithms: () => Promise.resolve(required),
});
const issue = (options: Partial<Parameters<typeof issueBearerToken>[1]> = {}, by = keys) =>
  issueBearerToken(by, { actor: 'nurse-7', audience: AUDIENCE, ...options });
const codeOf = async (authorization: string | undefined) => {
  const error: unknown = await check.check(authorization).catch((reason: unknown) => reason);
  if (!(error instanceof ProblemError)) return error;
  expect(error.details).toMatchObject({ status: 401, field: 'authorization' });
  return error.details.code;
};

const codeOfError = (error: unknown) =>
  error instanceof ProblemError ? error.details.code : error;
const told = (error: unknown) => {
  if (!(error instanceof ProblemError)) return error;
  const { expected, found } = error.details;
  return { expected, found };
};

type Claims = Readonly<Record<string, string | number | undefined>>;

/** A token that the issuer would never write. */
async function forge(claims: Claims, typ = BEARER_TYPE): Promise<string> {
  const jwk = { ...toJwks(keys.public).ed25519, d: keys.private.ed25519 };
  const now = Math.floor(Date.now() / 1000);
  const standard = {
    iss: 'nurse-7',
    sub: 'nurse-7',
    aud: AUDIENCE,
    jti: '1',
    iat: now,
    exp: now + 300,
  };
  return new SignJWT({ ...standard, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: keyIds(keys.public).ed25519, typ })
    .sign(await importJWK(jwk, 'EdDSA'));
}

describe('who calls the gateway', () => {
  test.each(['EdDSA', 'ML-DSA-65'] as const)('is who signed the token by %s', async (algorithm) => {
    expect(await check.check(`Bearer ${await issue({ algorithm })}`)).toEqual({
      ...nurse,
      algorithm,
    });
  });

  test('is nobody without a token, or with something else', async () => {
    expect(await codeOf(undefined)).toBe('TOKEN_MISSING');
    expect(await codeOf('Basic bnVyc2U6Nw==')).toBe('TOKEN_MALFORMED');
    expect(await codeOf('Bearer a.b.c')).toBe('TOKEN_MALFORMED');
  });

  test('is nobody with a token for another gateway', async () => {
    expect(await codeOf(`Bearer ${await issue({ audience: 'https://other.example' })}`)).toBe(
      'WRONG_AUDIENCE',
    );
  });

  test("is nobody with a token under another actor's keys", async () => {
    expect(await codeOf(`Bearer ${await issue({}, others)}`)).toBe('TOKEN_INVALID');
  });

  test('is nobody with a changed or unsigned token', async () => {
    const [header = '', payload = '', signature = ''] = (await issue()).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(
      await codeOf(
        `Bearer ${header}.${payload}.${signature.replace(/^./u, (first) => (first === 'A' ? 'B' : 'A'))}`,
      ),
    ).toBe('TOKEN_INVALID');
    expect(await codeOf(`Bearer ${none}.${payload}.${signature}`)).toBe('TOKEN_UNSIGNED');
    expect(await codeOf(`Bearer ${none}.${payload}.`)).toBe('TOKEN_UNSIGNED');
    expect(await codeOf(`Bearer ${header}.${payload}.`)).toBe('TOKEN_MALFORMED');
  });

  test('is not told apart from an actor that nobody enrolled', async () => {
    enrolled = undefined;
    expect(await codeOf(`Bearer ${await issue()}`)).toBe('TOKEN_INVALID');
  });

  test('is refused once revoked', async () => {
    enrolled = { ...nurse, revokedAt: '2026-11-22T13:07:00.000Z' };
    expect(await codeOf(`Bearer ${await issue()}`)).toBe('ACTOR_REVOKED');
  });

  test('is refused once revoked, and under other keys, with a token that was good before', async () => {
    const authorization = `Bearer ${await issue()}`;
    expect(await check.check(authorization)).toMatchObject(nurse);
    expect(await check.check(authorization)).toMatchObject(nurse);
    enrolled = { ...nurse, revokedAt: '2026-11-22T13:07:00.000Z' };
    expect(await codeOf(authorization)).toBe('ACTOR_REVOKED');
    enrolled = { ...nurse, keys: others.public };
    expect(await codeOf(authorization)).toBe('TOKEN_INVALID');
    enrolled = undefined;
    expect(await codeOf(authorization)).toBe('TOKEN_INVALID');
  });

  const now = Math.floor(Date.now() / 1000);
  test.each<[string, Claims, string]>([
    ['expired', { iat: now - 400, exp: now - 100 }, 'TOKEN_EXPIRED'],
    ['that lives longer than 5 minutes', { exp: now + 3600 }, 'TOKEN_TOO_LONG'],
    ['without an id', { jti: undefined }, 'TOKEN_INCOMPLETE'],
    ['without an end', { exp: undefined }, 'TOKEN_INCOMPLETE'],
    ['issued in the future', { iat: now + 200, exp: now + 300 }, 'TOKEN_NOT_YET_VALID'],
    ['for later', { nbf: now + 200 }, 'TOKEN_NOT_YET_VALID'],
    ['issued by somebody else', { iss: 'nurse-8' }, 'WRONG_ISSUER'],
    ['of an issuer that nobody configured', { iss: 'https://login.example' }, 'WRONG_ISSUER'],
  ])('is nobody with a token %s', async (_, claims, code) => {
    expect(await codeOf(`Bearer ${await forge(claims)}`)).toBe(code);
  });

  test.each([
    ['a minute', 59, 'nurse-7'],
    ['more', 65, 'TOKEN_NOT_YET_VALID'],
  ])('may have a clock that is ahead by %s', async (_, ahead, found) => {
    const authorization = `Bearer ${await forge({ iat: now + ahead, exp: now + ahead + 300 })}`;
    const told: unknown = await check.check(authorization).then(({ id }) => id, codeOfError);
    expect(told).toBe(found);
  });

  test.each<[string, Claims, number]>([
    ['expired', { iat: now - 400, exp: now - 100 }, now - 100],
    ['issued in the future', { iat: now + 200, exp: now + 300 }, now + 200],
    ['for later', { nbf: now + 200 }, now + 200],
  ])('is told both times with a token %s', async (_, claims, seconds) => {
    const refused: unknown = await check.check(`Bearer ${await forge(claims)}`).catch(told);
    expect(refused).toEqual({
      expected: expect.stringMatching(/60 s (?:before|after) 20\d\d-\S+Z, the gateway's clock$/),
      found: new Date(seconds * 1000).toISOString(),
    });
  });

  test('is told both ends of a token that lives too long, whatever they are', async () => {
    const found = async (exp: number) =>
      check.check(`Bearer ${await forge({ iat: now, exp })}`).catch(told);
    const expected = `exp at most 300 s after ${new Date(now * 1000).toISOString()}`;
    const end = new Date((now + 3600) * 1000).toISOString();
    expect(await found(now + 3600)).toEqual({ expected, found: end });
    expect(await found(1e300)).toEqual({ expected, found: '1e+300 s after 1970' });
  });

  test.each(['bearer', 'BEARER', 'Bearer '])('may write the scheme as %s', async (scheme) => {
    expect(await check.check(`${scheme} ${await issue()}`)).toMatchObject(nurse);
  });

  test.each([
    ['EdDSA', 'ML-DSA-65'],
    ['ML-DSA-65', 'EdDSA'],
  ] as const)('is nobody by %s alone once members sign by it no longer', async (ended, other) => {
    const authorization = `Bearer ${await issue({ algorithm: ended })}`;
    expect(await check.check(authorization)).toMatchObject(nurse);
    required = [other];
    expect(await codeOf(authorization)).toBe('TOKEN_ALGORITHM_REFUSED');
    expect(await codeOf(`Bearer ${await issue({ algorithm: ended })}`)).toBe(
      'TOKEN_ALGORITHM_REFUSED',
    );
    expect(await check.check(`Bearer ${await issue({ algorithm: other })}`)).toMatchObject(nurse);
  });

  test('is nobody with a signature that was given for something else', async () => {
    expect(await codeOf(`Bearer ${await forge({}, 'JWT')}`)).toBe('WRONG_ISSUER');
  });
});
