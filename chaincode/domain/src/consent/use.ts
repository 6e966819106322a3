import type { ResearchUse } from './research-terms.js';
import type { DataClass, LawfulPurpose, Purpose } from '../values/words.js';

/** A use that somebody asks for, and that the patient's consent may cover. */
export interface ConsentUse {
  readonly purpose: Purpose;
  /** RFC 3339 */
  readonly at: string;
  /** MSP id of who makes it, or receives what is given away */
  readonly recipient: string;
  /** the recipient's; a consent that names countries covers no unknown one */
  readonly country: string | undefined;
  /** every class of data or material that it touches */
  readonly dataClasses: readonly DataClass[];
  /** of research: what it is about, and what who does it holds to */
  readonly duo?: ResearchUse;
}

/** A use with the legal basis that it is asked for on. */
export interface AskedUse extends Omit<ConsentUse, 'purpose'> {
  readonly purpose: Purpose | LawfulPurpose;
  /** `consent`, or the id of a basis of the jurisdiction's table */
  readonly basis: string;
  /** ISO 3166-1 alpha-2, by whose table a basis other than consent is looked up */
  readonly jurisdiction: string;
}
