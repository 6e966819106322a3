import { z } from 'zod';
import { derivedKey, KEY_BYTES } from './cipher.js';
import { DeviceError } from './device-error.js';

const INFO = 'veinledger device v1: key of a passkey';

export const passkeyLockSchema = z.strictObject({
  kind: z.literal('passkey'),
  /** credential id, base64url */
  credential: z.base64url(),
  /** what the authenticator's PRF is evaluated on */
  salt: z.base64url(),
  wrapped: z.base64url(),
});

export type PasskeyLock = Readonly<z.infer<typeof passkeyLockSchema>>;

/** What a passkey's PRF extension answers (Web Authentication Level 3, section 10.1.4), for one credential and salt. */
export interface PasskeySecret extends Pick<PasskeyLock, 'credential' | 'salt'> {
  /** 32 bytes */
  readonly prf: Uint8Array<ArrayBuffer>;
}

/**
 * The key from a passkey's secret.
 * @throws DeviceError PASSKEY_REFUSED when the authenticator gave none
 */
export function keyOfPasskey({ credential, prf }: PasskeySecret): Promise<Uint8Array<ArrayBuffer>> {
  if (prf.length !== KEY_BYTES) {
    throw new DeviceError('PASSKEY_REFUSED', 'the passkey gave no secret to lock keys with');
  }
  return derivedKey(prf, credential, INFO);
}
