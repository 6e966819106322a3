import { keyIds, toJwks } from '@veinledger/domain';
import { describe, expect, test } from '@jest/globals';
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { BEARER_TYPE, issueBearerToken } from './bearer.js';
import { generateActorKeys } from '../node/generate.js';

const keys = generateActorKeys();
const options = { actor: 'nurse-7', audience: 'https://gateway.example' };

describe('a bearer token', () => {
  test.each([
    ['EdDSA', 'ed25519'],
    ['ML-DSA-65', 'mlDsa65'],
  ] as const)("is signed by the actor's %s ledger key and names it", async (algorithm, key) => {
    const token = await issueBearerToken(keys, { ...options, algorithm });
    const { payload, protectedHeader } = await jwtVerify(
      token,
      await importJWK({ ...toJwks(keys.public)[key] }, algorithm),
      { algorithms: [algorithm], audience: options.audience, issuer: 'nurse-7', typ: BEARER_TYPE },
    );
    expect(protectedHeader.kid).toBe(keyIds(keys.public)[key]);
    expect(payload.sub).toBe('nurse-7');
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
  });

  test('is signed by EdDSA when nothing else is asked for', async () => {
    expect(decodeProtectedHeader(await issueBearerToken(keys, options)).alg).toBe('EdDSA');
  });

  test('has its own id each time', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => issueBearerToken(keys, options)));
    expect(one).not.toBe(other);
  });

  test.each([0, -1, 301, Number.NaN])('cannot live %d seconds', async (lifetimeSeconds) => {
    await expect(issueBearerToken(keys, { ...options, lifetimeSeconds })).rejects.toThrow(
      `lifetimeSeconds: expected 1 to 300, found ${lifetimeSeconds}`,
    );
  });
});
