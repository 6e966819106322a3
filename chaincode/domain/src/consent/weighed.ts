import type { Suspect } from '../registry/suspicion.js';
import type { ConsentTerms } from '../nouns/consent.js';

/** A consent with what the ledger says of it besides its own record. */
export type WeighedConsent<C extends ConsentTerms = ConsentTerms> = C & {
  /** how often it was used; counted where its uses are limited */
  readonly used?: number;
  /** from when on the patient has to decide anew, since the form is another; RFC 3339 */
  readonly reconsentFrom?: string;
  /** the patient's signature on it, where the patient's keys were compromised */
  readonly suspect?: Suspect;
};
