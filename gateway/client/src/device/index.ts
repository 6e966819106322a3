/**
 * A patient's own device: keys that are made and kept in the browser, encrypted, taken along in a backup, and enrolled
 * by a one-time code. Signing and submitting are those of `@veinledger/client`.
 */
export { DeviceError, type DeviceErrorCode } from './device-error.js';
export type { DeviceStore } from './device-store.js';
export { readEnrolmentCode, writeEnrolmentCode } from '../wire/enrolment-code.js';
export { type EnrolmentInvitation, handInKeys, readInvitation } from './enrolment.js';
export type { KeyOwner, OpenBox, Opener } from './key-box.js';
export { openNote, sealNote } from './notes.js';
export type { PasskeySecret } from './passkey-lock.js';
export { type Argon2Cost, MIN_PASSPHRASE, PASSPHRASE_COST } from './passphrase-lock.js';
export {
  type DeviceOptions,
  type DeviceOwner,
  type DevicePossession,
  PatientDevice,
} from './patient-device.js';
