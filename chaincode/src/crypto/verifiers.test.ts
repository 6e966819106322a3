import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assertNativeMlDsa, inThreadVerifier, nativeVerifier } from './native.js';
import { nobleVerifier } from './noble.js';

const message = Buffer.from('what both verifiers judge');

function signed(algorithm: 'ed25519' | 'ml-dsa-65') {
  const { publicKey, privateKey } =
    algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ml-dsa-65');
  const jwk: Record<string, unknown> = { ...publicKey.export({ format: 'jwk' }) };
  const raw = String(jwk['x'] ?? jwk['pub']);
  return {
    publicKey: new Uint8Array(Buffer.from(raw, 'base64url')),
    signature: new Uint8Array(sign(null, message, privateKey)),
  };
}

/** Flips bits of one byte, or cuts or lengthens the end. */
const damage = fc.oneof(
  fc.record({ at: fc.nat(), flip: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ cut: fc.integer({ min: 1, max: 80 }) }),
  fc.record({ add: fc.uint8Array({ minLength: 1, maxLength: 4 }) }),
);

function damaged(bytes: Uint8Array, how: typeof damage extends fc.Arbitrary<infer D> ? D : never) {
  if ('cut' in how) return bytes.slice(0, Math.max(0, bytes.length - how.cut));
  if ('add' in how) return Uint8Array.from([...bytes, ...how.add]);
  return bytes.map((byte, index) => (index === how.at % bytes.length ? byte ^ how.flip : byte));
}

describe.each([
  ['Ed25519', 'ed25519', signed('ed25519')],
  ['ML-DSA-65', 'mlDsa65', signed('ml-dsa-65')],
] as const)('%s', (_, algorithm, { publicKey, signature }) => {
  test('a right signature verifies natively and by noble', async () => {
    expect(await nativeVerifier[algorithm](publicKey, message, signature)).toBe(true);
    expect(await inThreadVerifier[algorithm](publicKey, message, signature)).toBe(true);
    expect(await nobleVerifier[algorithm](publicKey, message, signature)).toBe(true);
  });

  test('damage to key, message or signature gets the same refusal from both', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('key', 'message', 'signature'),
        damage,
        async (part, how) => {
          const inputs = [
            part === 'key' ? damaged(publicKey, how) : publicKey,
            part === 'message' ? damaged(message, how) : message,
            part === 'signature' ? damaged(signature, how) : signature,
          ] as const;
          expect(await nativeVerifier[algorithm](...inputs)).toBe(false);
          expect(await inThreadVerifier[algorithm](...inputs)).toBe(false);
          expect(await nobleVerifier[algorithm](...inputs)).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('random bytes get the same refusal from both', async () => {
    const bytes = (length: number) =>
      fc.uint8Array({ minLength: length, maxLength: length, size: 'max' });
    await fc.assert(
      fc.asyncProperty(bytes(publicKey.length), bytes(signature.length), async (key, candidate) => {
        expect(await nativeVerifier[algorithm](key, message, candidate)).toBe(false);
        expect(await inThreadVerifier[algorithm](key, message, candidate)).toBe(false);
        expect(await nobleVerifier[algorithm](key, message, candidate)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test('empty key and signature are refused, not thrown at', async () => {
    const empty = new Uint8Array();
    expect(await nativeVerifier[algorithm](empty, message, empty)).toBe(false);
    expect(await nobleVerifier[algorithm](empty, message, empty)).toBe(false);
  });
});

test('this Node verifies ML-DSA-65 natively', () => {
  expect(assertNativeMlDsa).not.toThrow();
});
