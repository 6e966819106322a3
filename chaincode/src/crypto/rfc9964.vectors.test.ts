import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { base64urlToBytes, keyIds, signingInput } from '@veinledger/domain';
import { officialVector } from '#domain/official-vectors.fixture';
import { inThreadVerifier, nativeVerifier } from './native.js';
import { nobleVerifier } from './noble.js';

const example = z
  .object({ jwk: z.object({ kid: z.string(), pub: z.string() }), jws: z.string() })
  .parse(JSON.parse(officialVector('rfc9964/ml-dsa-65.jose.json').toString('utf8')));

describe("RFC 9964's ML-DSA-65 example", () => {
  test('has the thumbprint that stands in it', () => {
    const keys = { ed25519: '', mlDsa65: example.jwk.pub };
    expect(keyIds(keys).mlDsa65).toBe(example.jwk.kid);
  });

  test.each([
    ['natively', nativeVerifier],
    ['natively in the thread', inThreadVerifier],
    ['by noble', nobleVerifier],
  ])('verifies %s, and not over another payload', async (_, verifier) => {
    const [header = '', payload = '', signatureText = ''] = example.jws.split('.');
    const key = base64urlToBytes(example.jwk.pub, 'pub');
    const signature = base64urlToBytes(signatureText, 'signature');
    expect(await verifier.mlDsa65(key, signingInput(header, payload), signature)).toBe(true);
    expect(await verifier.mlDsa65(key, signingInput(header, `${payload}A`), signature)).toBe(false);
  });
});
