import type { ItemRef } from '../custody/item.js';
import type { Signed } from '../nouns/signed.js';
import type { Blockable } from '../nouns/subject.js';

/** What became of one check: `missing` when no result came, `unexpected` when the process asks for none. */
export interface Verdict {
  readonly check: string;
  readonly verdict: 'pass' | 'fail' | 'missing' | 'unexpected';
}

/** The permission to start a step. */
export interface StepPermission extends Signed {
  readonly inputs: readonly string[];
}

/** The attestation that a step was done. */
export interface StepReport extends Signed {
  readonly inputs: readonly ItemRef[];
  readonly outputs: readonly string[];
  readonly inputDatasets: readonly string[];
  readonly datasets: readonly string[];
  readonly lots: readonly string[];
  readonly run?: string;
  readonly design?: string;
  readonly batch?: string;
  readonly equipment: readonly string[];
  readonly sop: { readonly id: string; readonly version: string };
  readonly pipeline?: { readonly container: string; readonly model?: string };
  readonly verdicts: readonly Verdict[];
}

/** One attempt at one step of a therapy's process. */
export interface StepAttempt extends Blockable {
  readonly noun: 'step';
  readonly coi: string;
  readonly step: string;
  readonly attempt: number;
  readonly permission?: StepPermission;
  readonly report?: StepReport;
}
