import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesToBase64url } from '../encoding/bytes.js';
import { canonicalise } from '../encoding/codec.js';

/** Who somebody is: by a professional licence, else by name and birth date. */
export type Identity =
  | { readonly authority: string; readonly licence: string }
  | { readonly name: string; readonly birthDate: string };

/**
 * The keyed digest by which a programme knows a natural person again and nobody else can guess them back (E1):
 * HMAC-SHA-256 (RFC 2104) over the canonical form of the identity, base64url. Letters count by their upper case and
 * compatible form (NFKC), runs of spaces as one.
 * @param key 32 bytes that the programme's registrars share
 * @param identity `birthDate` as `YYYY-MM-DD`
 */
export function personDigest(key: Uint8Array, identity: Identity): string {
  const entries = Object.entries(identity).map(([name, value]) => [name, normalised(value)]);
  const text = canonicalise(Object.fromEntries(entries));
  return bytesToBase64url(hmac(sha256, key, utf8ToBytes(text)));
}

/** By which a key of persons' digests is known: an HMAC under it, from which nobody finds it. 32 bytes, base64url. */
export function personKeyId(key: Uint8Array): string {
  return bytesToBase64url(hmac(sha256, key, utf8ToBytes('veinledger person key v1')));
}

function normalised(value: string): string {
  return value.normalize('NFKC').toUpperCase().trim().replaceAll(/\s+/g, ' ');
}
