import { z } from 'zod';
import { country } from '../values/country.js';
import type { UseByFact } from '../consent/fact.js';
import type { NamedItem } from '../nouns/named-item.js';
import {
  code,
  coi,
  commitment,
  digest,
  itemId,
  localId,
  lotId,
  version,
} from '../values/identifiers.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Batch } from '../nouns/batch.js';
import type { Dataset } from '../nouns/dataset.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Design } from '../nouns/design.js';
import type { Lot } from '../nouns/lot.js';
import type { Run } from '../nouns/run.js';
import type { Training } from '../nouns/training.js';
import { earlierRecordSchema, type StepAttempt } from '../nouns/step.js';

/** The body of a step's report. */
export const reportStepBody = z.strictObject({
  coi,
  step: code,
  attempt: z.int().min(1).max(99),
  inputs: z.array(z.strictObject({ item: itemId, consumed: z.boolean() })).max(50),
  outputs: z.array(z.strictObject({ item: itemId, kind: code })).max(50),
  inputDatasets: z.array(code).max(16),
  /** each is committed to by the annex `dataset.<id>` */
  datasets: z.array(z.strictObject({ id: code, kind: code, region: country })).max(16),
  lots: z.array(lotId).max(32),
  run: localId.optional(),
  design: localId.optional(),
  batch: localId.optional(),
  /** the commitment of the sequence that was confirmed in what was made */
  sequenceCommitment: commitment.optional(),
  equipment: z.array(localId).max(16),
  sop: z.strictObject({ id: localId, version }),
  pipeline: z.strictObject({ container: digest, model: digest.optional() }).optional(),
  /** what was on record of the patient before, in place of a sample */
  earlierRecord: earlierRecordSchema.optional(),
});

export type ReportBody = z.infer<typeof reportStepBody>;

export interface ReportState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly existing: StepAttempt | undefined;
  readonly inputs: readonly NamedItem[];
  readonly outputs: readonly NamedItem[];
  /** that an output was met before it was reported */
  readonly unidentified: readonly Deviation[];
  readonly inputDatasets: readonly (Dataset | undefined)[];
  readonly outputDatasets: readonly (Dataset | undefined)[];
  readonly lots: readonly (Lot | undefined)[];
  readonly run: Run | undefined;
  readonly design: Design | undefined;
  readonly batch: Batch | undefined;
  readonly use: UseByFact;
  /** of who did it, where the step asks for one */
  readonly training?: Training | undefined;
}
