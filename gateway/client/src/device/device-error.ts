/** What is wrong with a device's keys, or with a file of them. */
export type DeviceErrorCode =
  /** the device holds no keys: it never did, or its storage was wiped */
  | 'NO_KEYS_HERE'
  /** the device holds keys already, which nobody asked to replace */
  | 'KEYS_HERE'
  | 'PASSPHRASE_WRONG'
  | 'PASSPHRASE_TOO_SHORT'
  /** the text is no file of keys */
  | 'NOT_A_BACKUP'
  /** it is one, and not as it was written */
  | 'BACKUP_DAMAGED'
  /** it was written by a later version */
  | 'BACKUP_TOO_NEW'
  /** the keys are opened by no passkey, or by another one */
  | 'PASSKEY_UNKNOWN'
  /** the passkey gave no secret, or another one than before */
  | 'PASSKEY_REFUSED'
  /** the page has no SubtleCrypto: it came neither by https nor from this machine */
  | 'PAGE_NOT_SECURE';

/** Keys on a device that cannot be made, opened, kept or restored; nothing was changed. */
export class DeviceError extends Error {
  readonly code: DeviceErrorCode;

  constructor(code: DeviceErrorCode, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.name = 'DeviceError';
    this.code = code;
  }
}
