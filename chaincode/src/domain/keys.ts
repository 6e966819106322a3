import { z } from 'zod';
import { base64urlToBytes, sha256Base64url } from './bytes.js';
import { canonicalise } from './codec.js';

/** Length of an Ed25519 public key (RFC 8032). */
export const ED25519_PUBLIC_KEY_BYTES = 32;

/** Length of an ML-DSA-65 public key (FIPS 204, table 2). */
export const ML_DSA_65_PUBLIC_KEY_BYTES = 1952;

function publicKeySchema(bytes: number) {
  return z
    .string()
    .length(Math.ceil((bytes * 4) / 3), `expected ${bytes} bytes in base64url`)
    .regex(/^[A-Za-z0-9_-]+$/, `expected ${bytes} bytes in base64url without padding`)
    .refine(isBase64url, `expected ${bytes} bytes in base64url without padding`);
}

function isBase64url(text: string): boolean {
  try {
    base64urlToBytes(text, 'key');
    return true;
  } catch {
    return false;
  }
}

/** The two public keys of an actor, raw, in base64url. */
export const publicKeysSchema = z.strictObject({
  ed25519: publicKeySchema(ED25519_PUBLIC_KEY_BYTES),
  mlDsa65: publicKeySchema(ML_DSA_65_PUBLIC_KEY_BYTES),
});

export type PublicKeys = Readonly<z.infer<typeof publicKeysSchema>>;

/** For how many pairs of keys {@link readKeys} remembers what it found. */
const REMEMBERED = 512;
const remembered = new Map<string, ReadKeys>();

/** The thumbprints of an actor's two keys; they stand as `kid` in the protected headers. */
export interface KeyIds {
  readonly ed25519: string;
  readonly mlDsa65: string;
}

/** RFC 8037 section 2. */
export interface Ed25519Jwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

/** RFC 9964 section 3. */
export interface MlDsa65Jwk {
  readonly kty: 'AKP';
  readonly alg: 'ML-DSA-65';
  readonly pub: string;
}

/** An Ed25519 public key, raw in base64url, as a JSON Web Key. */
export function ed25519Jwk(publicKey: string): Ed25519Jwk {
  return { kty: 'OKP', crv: 'Ed25519', x: publicKey };
}

/** An ML-DSA-65 public key, raw in base64url, as a JSON Web Key. */
export function mlDsa65Jwk(publicKey: string): MlDsa65Jwk {
  return { kty: 'AKP', alg: 'ML-DSA-65', pub: publicKey };
}

/** The public keys as JSON Web Keys. */
export function toJwks(keys: PublicKeys): { ed25519: Ed25519Jwk; mlDsa65: MlDsa65Jwk } {
  return { ed25519: ed25519Jwk(keys.ed25519), mlDsa65: mlDsa65Jwk(keys.mlDsa65) };
}

/** An actor's public keys as bytes, with their thumbprints. */
export interface ReadKeys {
  readonly ids: KeyIds;
  readonly ed25519: Uint8Array;
  readonly mlDsa65: Uint8Array;
}

/**
 * SHA-256 thumbprints (RFC 7638) in base64url. Both JWKs consist of exactly the members that a thumbprint
 * covers (RFC 8037 section 2; RFC 9964 section 6).
 */
export function keyIds(keys: PublicKeys): KeyIds {
  return readKeys(keys).ids;
}

/**
 * Reads an actor's public keys; those of the actors who signed last are remembered.
 * @throws VeinledgerError MALFORMED_JWS for keys that are no base64url
 */
export function readKeys(keys: PublicKeys): ReadKeys {
  const name = `${keys.ed25519}.${keys.mlDsa65}`;
  const found = remembered.get(name) ?? read(keys);
  // the least recently used ones leave
  remembered.delete(name);
  remembered.set(name, found);
  const oldest = remembered.keys().next();
  if (remembered.size > REMEMBERED && oldest.done !== true) remembered.delete(oldest.value);
  return found;
}

function read(keys: PublicKeys): ReadKeys {
  const jwks = toJwks(keys);
  return {
    ids: {
      ed25519: sha256Base64url(canonicalise(jwks.ed25519)),
      mlDsa65: sha256Base64url(canonicalise(jwks.mlDsa65)),
    },
    ed25519: base64urlToBytes(keys.ed25519, 'keys.ed25519'),
    mlDsa65: base64urlToBytes(keys.mlDsa65, 'keys.mlDsa65'),
  };
}
