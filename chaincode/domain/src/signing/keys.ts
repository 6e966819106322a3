import { z } from 'zod';
import { base64urlToBytes, sha256Base64url } from '../encoding/bytes.js';
import { canonicalise } from '../encoding/codec.js';
import { Remembered } from './remembered.js';

/** Length of an Ed25519 public key (RFC 8032). */
export const ED25519_PUBLIC_KEY_BYTES = 32;

/** Length of an ML-DSA-65 public key (FIPS 204, table 2). */
export const ML_DSA_65_PUBLIC_KEY_BYTES = 1952;

function publicKeySchema(bytes: number) {
  const form = `a public key of ${bytes} bytes in base64url without padding`;
  return z
    .string()
    .length(Math.ceil((bytes * 4) / 3), form)
    .regex(/^[A-Za-z0-9_-]+$/, form)
    .refine(isBase64url, form);
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

/** A public key as bytes, with its thumbprint. */
interface ReadKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Keys of the actors who signed last, those of each algorithm by themselves. */
const ed25519Keys = new Remembered<ReadKey>(512);
const mlDsa65Keys = new Remembered<ReadKey>(512);

/**
 * Reads an actor's public keys.
 * @throws VeinledgerError MALFORMED_JWS for keys that are no base64url
 */
export function readKeys(keys: PublicKeys): ReadKeys {
  const ed25519 = ed25519Keys.of(keys.ed25519, (text) => ({
    id: sha256Base64url(canonicalise(ed25519Jwk(text))),
    bytes: base64urlToBytes(text, 'keys.ed25519'),
  }));
  const mlDsa65 = mlDsa65Keys.of(keys.mlDsa65, (text) => ({
    id: sha256Base64url(canonicalise(mlDsa65Jwk(text))),
    bytes: base64urlToBytes(text, 'keys.mlDsa65'),
  }));
  return {
    ids: { ed25519: ed25519.id, mlDsa65: mlDsa65.id },
    ed25519: ed25519.bytes,
    mlDsa65: mlDsa65.bytes,
  };
}
