import { base64urlToBytes, bytesToBase64url, utf8 } from '@veinledger/domain';
import { DeviceError } from './device-error.js';

/** Bytes of a key for AES-256. */
export const KEY_BYTES = 32;
/** Bytes of a nonce for AES-GCM (NIST SP 800-38D, section 5.2.1.1). */
const NONCE_BYTES = 12;

type Subtle = typeof globalThis.crypto.subtle;

/** Bytes from the device's own source of randomness. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

/**
 * Encrypts by AES-256-GCM under a fresh nonce, which goes first.
 * @param context what the text belongs to; it opens in no other
 * @returns base64url
 * @throws DeviceError PAGE_NOT_SECURE
 */
export async function encrypt(
  key: Uint8Array<ArrayBuffer>,
  text: string,
  context: string,
): Promise<string> {
  const iv = randomBytes(NONCE_BYTES);
  const sealed = await subtle().encrypt(
    { name: 'AES-GCM', iv, additionalData: bytesOf(context) },
    await imported(key),
    bytesOf(text),
  );
  const whole = new Uint8Array(NONCE_BYTES + sealed.byteLength);
  whole.set(iv);
  whole.set(new Uint8Array(sealed), NONCE_BYTES);
  return bytesToBase64url(whole);
}

/**
 * Opens what {@link encrypt} made.
 * @returns undefined under another key, in another context, or where a bit differs
 * @throws DeviceError PAGE_NOT_SECURE
 */
export async function decrypt(
  key: Uint8Array<ArrayBuffer>,
  sealed: string,
  context: string,
): Promise<string | undefined> {
  const cipher = subtle();
  const whole = new Uint8Array(base64urlToBytes(sealed, 'sealed'));
  const iv = whole.slice(0, NONCE_BYTES);
  const algorithm = { name: 'AES-GCM', iv, additionalData: bytesOf(context) };
  const imports = await imported(key);
  try {
    const opened = await cipher.decrypt(algorithm, imports, whole.slice(NONCE_BYTES));
    return new TextDecoder().decode(opened);
  } catch {
    return undefined;
  }
}

/** A key by HKDF-SHA-256 (RFC 5869) from a secret that is random already. */
export async function derivedKey(
  secret: Uint8Array<ArrayBuffer>,
  salt: string,
  info: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const base = await subtle().importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: bytesOf(salt), info: bytesOf(info) };
  return new Uint8Array(await subtle().deriveBits(parameters, base, KEY_BYTES * 8));
}

function imported(key: Uint8Array<ArrayBuffer>): ReturnType<Subtle['importKey']> {
  return subtle().importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(utf8(text));
}

/** What browsers give to pages by https and from the own machine only. */
function subtle(): Subtle {
  const { subtle: found } = globalThis.crypto as { readonly subtle?: Subtle };
  if (found) return found;
  throw new DeviceError('PAGE_NOT_SECURE', 'keys are kept on pages by https only');
}
