import type { PublicKeys } from '../signing/keys.js';
import type { Signed } from '../nouns/signed.js';

/** New keys that a registrar asks for in a patient's name, until a clinician confirms that they are the patient's. */
export interface PendingReenrolment {
  readonly noun: 'reenrolment';
  readonly patient: string;
  readonly keys: PublicKeys;
  readonly asked: Signed;
}
