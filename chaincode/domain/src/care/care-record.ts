import type { Signed } from '../nouns/signed.js';

/** How the patient's own token was read at the bedside. */
export type PatientToken = 'wristband' | 'device' | 'witnessed';

/** One person's check of patient and product at the bedside. */
export interface Verification {
  readonly noun: 'verification';
  readonly coi: string;
  readonly id: string;
  readonly item: string;
  readonly by: Signed & { readonly roles: readonly string[] };
  readonly token: PatientToken;
  /** the pseudonym that the token gave */
  readonly patient: string;
  /** the chain of identity on the scanned label */
  readonly labelCoi: string;
  /** the transaction's time, from which the 15 minutes run */
  readonly verifiedAt: string;
  readonly matches: boolean;
}

/** One dose: its authorisation, and what was given. */
export interface Dose {
  readonly noun: 'dose';
  readonly coi: string;
  readonly id: string;
  readonly number: number;
  readonly item: string;
  readonly authorised?: Signed;
  readonly administrations: readonly Administration[];
}

/** Which dose a line of the order stands for: the last one that was authorised or given for it. */
export interface DoseLine {
  readonly noun: 'dose-line';
  readonly coi: string;
  /** the order line's number */
  readonly number: number;
  readonly dose: string;
}

export interface Administration extends Signed {
  readonly item: string;
  readonly course: 'complete' | 'interrupted' | 'not-started';
  readonly annex: string;
}

/** A follow-up, of which the ledger keeps the commitment. */
export interface Outcome {
  readonly noun: 'outcome';
  readonly coi: string;
  readonly id: string;
  readonly kind: string;
  readonly commitment: string;
  readonly reported: Signed;
}
