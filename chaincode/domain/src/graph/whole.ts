import type { Alarm } from '../nouns/alarm.js';
import type { Alert } from '../nouns/alert.js';
import type { Annulment } from '../nouns/annulment.js';
import type { Batch } from '../nouns/batch.js';
import type { Dataset } from '../nouns/dataset.js';
import type { DecisionToGoOn } from '../nouns/decision.js';
import type { Design } from '../nouns/design.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Dose } from '../nouns/dose.js';
import type { DosePass } from '../nouns/dose-pass.js';
import type { Exception } from '../nouns/exception.js';
import type { Investigation } from '../nouns/investigation.js';
import type { Item } from '../nouns/item.js';
import type { Lot } from '../nouns/lot.js';
import type { Override } from '../nouns/override.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { RecallDecision } from '../nouns/recall-decision.js';
import type { Readings } from '../nouns/readings.js';
import type { Run } from '../nouns/run.js';
import type { StepAttempt } from '../nouns/step.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Verification } from '../nouns/verification.js';

/**
 * Everything that the ledger holds of one therapy, and the shared things that it names: what every gate asks. No client
 * chooses what of it is looked at.
 */
export interface WholeTherapy {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly items: ReadonlyMap<string, Item>;
  /** by its name, `calling/1`, each with what was found of the run that it was done in */
  readonly attempts: ReadonlyMap<string, StepAttempt>;
  readonly datasets: ReadonlyMap<string, Dataset>;
  readonly designs: ReadonlyMap<string, Design>;
  readonly batches: ReadonlyMap<string, Batch>;
  readonly doses: ReadonlyMap<string, Dose>;
  /** by the dose that each is for */
  readonly overrides: ReadonlyMap<string, Override>;
  readonly decisions: ReadonlyMap<string, DecisionToGoOn>;
  readonly passes: ReadonlyMap<string, DosePass>;
  readonly verifications: ReadonlyMap<string, Verification>;
  readonly readings: readonly Readings[];
  /** the therapy's, and those about the lots and runs that it names */
  readonly alarms: readonly Alarm[];
  readonly investigations: readonly Investigation[];
  /** those on record, with what the owners of its runs found of them as a whole; settled as far as that still stands */
  readonly deviations: ReadonlyMap<string, Deviation>;
  readonly annulments: readonly Annulment[];
  readonly alerts: readonly Alert[];
  readonly exceptions: readonly Exception[];
  readonly recallDecisions: readonly RecallDecision[];
  readonly lots: ReadonlyMap<string, Lot>;
  readonly runs: ReadonlyMap<string, Run>;
  /** every run of which its owner found something, also one whose registration was entered in error */
  readonly failedRuns: ReadonlyMap<string, Run>;
  /** every lot that is recalled, also one whose registration was entered in error */
  readonly recalledLots: ReadonlyMap<string, Lot>;
}
