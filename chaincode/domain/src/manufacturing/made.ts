import type { Signed } from '../nouns/signed.js';
import type { Blockable } from '../nouns/subject.js';

/** A file of one patient's data that a step produced: a salted commitment, never the data. */
export interface Dataset extends Blockable {
  readonly noun: 'dataset';
  readonly coi: string;
  readonly id: string;
  /** digest of the salted annex that describes the file */
  readonly commitment: string;
  readonly producedBy: { readonly step: string; readonly attempt: number };
  /** ISO 3166-1 alpha-2: where it is stored */
  readonly region: string;
}

/** What will be made for the patient: the sequence's commitment, from which data, by whom. */
export interface Design extends Blockable {
  readonly noun: 'design';
  readonly coi: string;
  readonly id: string;
  readonly version: number;
  readonly commitment: string;
  readonly datasets: readonly string[];
  readonly ranking: { readonly step: string; readonly attempt: number };
  readonly submitted: Signed;
  readonly approved?: Signed;
}

/** What was filled for the patient in one go. */
export interface Batch extends Blockable {
  readonly noun: 'batch';
  readonly coi: string;
  readonly id: string;
  readonly design: string;
  readonly parentBatch?: string;
  readonly fill: { readonly step: string; readonly attempt: number };
  readonly vials: readonly string[];
  readonly reconciliation: Reconciliation;
  /** use before, RFC 3339 */
  readonly expiry: string;
  readonly recorded: Signed;
  readonly tests?: { readonly step: string; readonly attempt: number };
  readonly review?: Signed;
  readonly certification?: Signed;
  readonly recall?: Signed & { readonly reason: string };
}

/** Numbers of vials. */
export interface Reconciliation {
  readonly made: number;
  readonly sampled: number;
  readonly retained: number;
  readonly rejected: number;
}

/** A reagent or vector lot that several therapies may use. */
export interface Lot {
  readonly noun: 'lot';
  readonly id: string;
  readonly kind: string;
  readonly expiry: string;
  readonly registered: Signed;
  readonly organisation: string;
}

/** A sequencing run that several therapies may share. */
export interface Run {
  readonly noun: 'run';
  readonly id: string;
  readonly flowCell: string;
  readonly instrument: string;
  readonly registered: Signed;
  readonly organisation: string;
}

/** The reverse key of a lot or a run: where it was used. */
export interface Use {
  readonly noun: 'lot-use' | 'run-use';
  /** the lot or the run */
  readonly of: string;
  readonly coi: string;
  readonly step: string;
  readonly attempt: number;
}
