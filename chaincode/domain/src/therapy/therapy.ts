import type { Signed } from '../nouns/signed.js';
import type { Blockable } from '../nouns/subject.js';

/** One dose that was ordered. */
export interface OrderLine {
  readonly dose: number;
  /** days after the order */
  readonly day: number;
  /** GLN of the site where it is given */
  readonly site: string;
  /** GLN of the depot it is delivered to */
  readonly depot: string;
  readonly slot: string;
}

/** One patient's course of one product, under its chain of identity. */
export interface Therapy extends Blockable {
  readonly noun: 'therapy';
  readonly coi: string;
  /** the patient's pseudonym in this programme */
  readonly patient: string;
  readonly process: { readonly id: string; readonly version: string; readonly hash: string };
  /** MSP ids of the members that take part in it */
  readonly parties: readonly string[];
  /** ISO 3166-1 alpha-2 */
  readonly jurisdiction: string;
  readonly orderLines: readonly OrderLine[];
  readonly ordered: Signed;
}
