import { ed25519 } from '@noble/curves/ed25519.js';

const POINT_BYTES = 32;

/**
 * Whether the bytes encode a point of small order, under which signatures for many messages verify. False for
 * bytes that encode no point.
 */
export function isSmallOrderEd25519(publicKey: Uint8Array): boolean {
  return point(publicKey)?.isSmallOrder() ?? false;
}

/**
 * Whether the bytes are the canonical encoding (RFC 8032 section 5.1.3) of a point in the prime-order
 * subgroup, the identity included. For such points the cofactored and the cofactorless verification equation
 * agree.
 */
export function isPrimeSubgroupPoint(bytes: Uint8Array): boolean {
  return point(bytes)?.isTorsionFree() ?? false;
}

/** Whether the bytes are an Ed25519 public key that an actor may hold; see the domain's `Verifier`. */
export function isSoundEd25519Key(publicKey: Uint8Array): boolean {
  return isPrimeSubgroupPoint(publicKey) && !isSmallOrderEd25519(publicKey);
}

function point(bytes: Uint8Array): InstanceType<typeof ed25519.Point> | undefined {
  if (bytes.length !== POINT_BYTES) return undefined;
  try {
    return ed25519.Point.fromBytes(bytes, false);
  } catch {
    return undefined;
  }
}
