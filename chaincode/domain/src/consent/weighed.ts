import type { Suspect } from '../registry/suspicion.js';
import type { Consent, Purpose } from './consent-record.js';

/** One permission that rested on a consent with a limited number of uses. */
export interface ConsentUsed {
  readonly noun: 'consent-use';
  readonly patient: string;
  readonly purpose: Purpose;
  /** the consent's id */
  readonly consent: string;
  /** the command that was permitted */
  readonly command: string;
}

/** A consent with what the ledger says of it besides its own record. */
export type WeighedConsent = Consent & {
  /** how often it was used; counted where its uses are limited */
  readonly used?: number;
  /** the patient's signature on it, where the patient's keys were compromised */
  readonly suspect?: Suspect;
};
