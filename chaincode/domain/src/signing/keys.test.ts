import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { bytesToBase64url } from '../encoding/bytes.js';
import { keyIds, publicKeysSchema, toJwks } from './keys.js';

const keys = {
  ed25519: String(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x),
  mlDsa65: bytesToBase64url(new Uint8Array(1952).fill(7)),
};

describe('public keys', () => {
  test('are 32 and 1952 bytes in base64url', () => {
    expect(publicKeysSchema.parse(keys)).toEqual(keys);
  });

  const ofBytes = (length: number) => bytesToBase64url(new Uint8Array(length).fill(1));

  test.each([
    ['an Ed25519 key of 31 bytes', { ...keys, ed25519: ofBytes(31) }],
    ['an Ed25519 key of 33 bytes', { ...keys, ed25519: ofBytes(33) }],
    ['an ML-DSA-65 key of 1951 bytes', { ...keys, mlDsa65: ofBytes(1951) }],
    ['an ML-DSA-65 key of 1953 bytes', { ...keys, mlDsa65: ofBytes(1953) }],
    ['padding', { ...keys, ed25519: `${ofBytes(32)}=` }],
    ['a second spelling of the same bytes', { ...keys, ed25519: `${'A'.repeat(42)}B` }],
    ['one key only', { ed25519: keys.ed25519 }],
    ['a third key', { ...keys, p256: ofBytes(32) }],
  ])('with %s are refused', (_, candidate) => {
    expect(publicKeysSchema.safeParse(candidate).success).toBe(false);
  });

  test('have the thumbprints that jose computes (RFC 7638)', async () => {
    const jwks = toJwks(keys);
    expect(keyIds(keys)).toEqual({
      ed25519: await calculateJwkThumbprint({ ...jwks.ed25519 }),
      mlDsa65: await calculateJwkThumbprint({ ...jwks.mlDsa65 }),
    });
  });
});
