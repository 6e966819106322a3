import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { VeinledgerError } from '../errors/errors.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** the character codes of {@link ALPHABET} */
const CODES = encoder.encode(ALPHABET);
/** the six bits that a character code stands for, or -1 */
const SEXTETS = new Int8Array(128).fill(-1);
CODES.forEach((code, sextet) => (SEXTETS[code] = sextet));
/** How many bits of the last character stand for nothing, by the length modulo 4. */
const SPARE_BITS: readonly number[] = [0, 0, 4, 2];

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/**
 * The text of UTF-8 bytes, with nothing replaced and a byte order mark kept.
 * @throws VeinledgerError MALFORMED_JWS when the bytes are not UTF-8
 */
export function utf8ToText(bytes: Uint8Array, field: string): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new VeinledgerError('MALFORMED_JWS', 'the bytes are not UTF-8', {
      field,
      expected: 'UTF-8',
    });
  }
}

/** base64url without padding (RFC 4648 section 5, RFC 7515 section 2). */
export function bytesToBase64url(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let to = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    codes[to++] = CODES[group >> 18] ?? 0;
    codes[to++] = CODES[(group >> 12) & 63] ?? 0;
    // beyond the end, a write to a typed array does nothing
    codes[to++] = CODES[(group >> 6) & 63] ?? 0;
    codes[to++] = CODES[group & 63] ?? 0;
  }
  return decoder.decode(codes);
}

/**
 * Decodes base64url in its only canonical spelling: no padding, no white space, unused trailing bits zero.
 * @throws VeinledgerError MALFORMED_JWS naming the field
 */
export function base64urlToBytes(text: string, field: string): Uint8Array {
  const { length } = text;
  const whole = length - (length % 4);
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  // every sextet is or-ed into it, so that one which is none leaves it negative
  let strange = 0;
  let to = 0;
  for (let at = 0; at < whole; at += 4) {
    const one = sextet(text, at);
    const two = sextet(text, at + 1);
    const three = sextet(text, at + 2);
    const four = sextet(text, at + 3);
    strange |= one | two | three | four;
    bytes[to] = (one << 2) | (two >> 4);
    bytes[to + 1] = (two << 4) | (three >> 2);
    bytes[to + 2] = (three << 6) | four;
    to += 3;
  }
  let group = 0;
  for (let at = whole; at < length; at += 1) {
    strange |= sextet(text, at);
    group = (group << 6) | sextet(text, at);
  }
  const spare = SPARE_BITS[length % 4] ?? 0;
  const trailing = group & ((1 << spare) - 1);
  if (strange < 0 || length % 4 === 1 || trailing !== 0) throw notBase64url(text, field);
  if (length % 4 === 2) bytes[to] = group >> spare;
  if (length % 4 === 3) {
    bytes[to] = group >> (spare + 8);
    bytes[to + 1] = group >> spare;
  }
  return bytes;
}

function sextet(text: string, at: number): number {
  return SEXTETS[text.charCodeAt(at)] ?? -1;
}

function notBase64url(text: string, field: string): VeinledgerError {
  const stranger = /[^A-Za-z0-9_-]/u.exec(text);
  let found = `trailing bits set in the last character, ${JSON.stringify(text.slice(-1))}`;
  if (stranger !== null) {
    found = `${JSON.stringify(stranger[0])} at position ${stranger.index}`;
  } else if (text.length % 4 === 1) {
    found = `${text.length} characters, which no bytes encode to`;
  }
  return new VeinledgerError('MALFORMED_JWS', 'the field is not base64url', {
    field,
    expected: 'base64url without padding and with zero trailing bits (RFC 4648 section 5)',
    found,
  });
}

function digest(content: string | Uint8Array): Uint8Array {
  return sha256(typeof content === 'string' ? utf8(content) : content);
}

/** SHA-256 of bytes, or of a text's UTF-8 bytes, in base64url: 43 characters. */
export function sha256Base64url(content: string | Uint8Array): string {
  return bytesToBase64url(digest(content));
}

/** SHA-256 of bytes, or of a text's UTF-8 bytes, in lower-case hexadecimal. */
export function sha256Hex(content: string | Uint8Array): string {
  return bytesToHex(digest(content));
}
