import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { VeinledgerError } from './errors.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** How many bytes become characters in one call; more arguments could overflow the stack. */
const CHUNK = 4096;

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
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Decodes base64url in its only canonical spelling: no padding, no white space, unused trailing bits zero.
 * @throws VeinledgerError MALFORMED_JWS naming the field
 */
export function base64urlToBytes(text: string, field: string): Uint8Array {
  const refuse = (found: string) =>
    new VeinledgerError('MALFORMED_JWS', 'the field is not base64url', {
      field,
      expected: 'base64url without padding and with zero trailing bits (RFC 4648 section 5)',
      found,
    });
  const stranger = /[^A-Za-z0-9_-]/u.exec(text);
  if (stranger !== null) {
    throw refuse(`${JSON.stringify(stranger[0])} at position ${stranger.index}`);
  }
  if (text.length % 4 === 1) throw refuse(`${text.length} characters, which no bytes encode to`);
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  // not Uint8Array.from: walking the text by its iterator takes as long as verifying both signatures
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  if (bytesToBase64url(bytes) !== text) {
    throw refuse(`trailing bits set in the last character, ${JSON.stringify(text.slice(-1))}`);
  }
  return bytes;
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
