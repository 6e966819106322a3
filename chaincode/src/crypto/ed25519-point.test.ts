import { createHash, createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ed25519 } from '@noble/curves/ed25519.js';
import { isSmallOrderEd25519, isSoundEd25519Key } from './ed25519-point.js';
import { inThreadVerifier, nativeVerifier } from './native.js';
import { nobleVerifier } from './noble.js';

const { Point } = ed25519;
const order = Point.Fn.ORDER;

/** Of order 8; with its multiples, all points of small order. */
const TORSION = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
const smallOrder = Array.from({ length: 8 }, (_, factor) =>
  Point.ZERO.add(factor === 0 ? Point.ZERO : TORSION.multiplyUnsafe(BigInt(factor))).toBytes(),
);

const verifiers = [
  ['natively', nativeVerifier],
  ['natively in the thread', inThreadVerifier],
  ['by noble', nobleVerifier],
] as const;

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

function challenge(nonce: Uint8Array, key: Uint8Array, message: Uint8Array): bigint {
  return (
    littleEndian(createHash('sha512').update(nonce).update(key).update(message).digest()) % order
  );
}

/** What a signer makes who adds points of small order to its key or its nonce. */
function crookedSignature(key: typeof TORSION, secret: bigint, nonce: typeof TORSION, r: bigint) {
  return (message: Uint8Array) => {
    const k = challenge(nonce.toBytes(), key.toBytes(), message);
    const s = Buffer.from(((r + k * secret) % order).toString(16).padStart(64, '0'), 'hex');
    return { k, signature: new Uint8Array(Buffer.concat([nonce.toBytes(), s.reverse()])) };
  };
}

describe('an Ed25519 public key', () => {
  test('of small order is not sound, each of the eight', () => {
    expect(new Set(smallOrder.map((key) => Buffer.from(key).toString('hex'))).size).toBe(8);
    expect(smallOrder.map(isSmallOrderEd25519)).not.toContain(false);
    expect(smallOrder.map(isSoundEd25519Key)).not.toContain(true);
  });

  test('that an honest generator makes is sound', () => {
    const key = ed25519.keygen().publicKey;
    expect(isSoundEd25519Key(key)).toBe(true);
    expect(isSmallOrderEd25519(key)).toBe(false);
  });

  test.each([
    ['of 31 bytes', new Uint8Array(31).fill(1)],
    ['of 33 bytes', new Uint8Array(33).fill(1)],
    ['that is no point', Uint8Array.of(2, ...new Uint8Array(31))],
    ['that spells y beyond the field', new Uint8Array(32).fill(0xff)],
    ['with a part of small order', Point.BASE.add(TORSION).toBytes()],
  ])('%s is not sound', (_, key) => {
    expect(isSoundEd25519Key(key)).toBe(false);
    expect(isSmallOrderEd25519(key)).toBe(false);
  });

  test.each(verifiers)('of small order verifies nothing %s', async (_, verifier) => {
    // R = identity, S = 0 satisfies the equation for every message under the identity key
    const signature = new Uint8Array(64);
    signature[0] = 1;
    for (const key of smallOrder) {
      expect(await verifier.ed25519(key, Buffer.from('any'), signature)).toBe(false);
      expect(verifier.ed25519KeyIsSound(key)).toBe(false);
    }
  });
});

describe('a signature that one equation accepts and the other does not', () => {
  test('by a nonce of mixed order is refused by both verifiers', async () => {
    const key = Point.BASE.multiply(5n);
    const message = Buffer.from('m');
    const nonce = Point.BASE.multiply(7n).add(TORSION);
    const { signature } = crookedSignature(key, 5n, nonce, 7n)(message);
    expect(ed25519.verify(signature, message, key.toBytes(), { zip215: false })).toBe(true);
    for (const [, verifier] of verifiers) {
      expect(await verifier.ed25519(key.toBytes(), message, signature)).toBe(false);
    }
  });

  test('under a key of mixed order is refused by both verifiers', async () => {
    const key = Point.BASE.multiply(5n).add(TORSION);
    const sign = crookedSignature(key, 5n, Point.BASE.multiply(7n), 7n);
    const messages = Array.from({ length: 64 }, (_, index) => Buffer.from([index]));
    const message = messages.find((candidate) => sign(candidate).k % 8n === 0n);
    if (message === undefined) throw new Error('none of 64 messages has such a challenge');
    const { signature } = sign(message);
    const x = Buffer.from(key.toBytes()).toString('base64url');
    const bare = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(verify(null, message, bare, signature)).toBe(true);
    for (const [, verifier] of verifiers) {
      expect(await verifier.ed25519(key.toBytes(), message, signature)).toBe(false);
    }
  });
});
