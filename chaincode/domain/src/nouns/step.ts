import { z } from 'zod';
import { coi, digest, gln, instant, itemId } from '../values/identifiers.js';
import { attemptNumber } from './attempt.js';
import { blockable } from './blockable.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { verdictSchema } from './reason.js';
import { signedSchema } from './signed.js';

const ids = z.array(z.string());

const permissionSchema = signedSchema.extend({ inputs: z.array(itemId), datasets: ids });

/** The permission to start a step. */
export interface StepPermission extends ReadOnly<z.infer<typeof permissionSchema>> {}

/** What was on record of the patient before, and where. */
export const earlierRecordSchema = z.strictObject({
  /** GS1 Global Location Number of who keeps it */
  source: gln,
  issued: instant,
});

const reportSchema = signedSchema.extend({
  inputs: z.array(z.strictObject({ coi, id: itemId })),
  outputs: z.array(itemId),
  inputDatasets: ids,
  datasets: ids,
  lots: ids,
  run: z.string().exactOptional(),
  design: z.string().exactOptional(),
  batch: z.string().exactOptional(),
  equipment: ids,
  sop: z.strictObject({ id: z.string(), version: z.string() }),
  pipeline: z.strictObject({ container: digest, model: digest.exactOptional() }).exactOptional(),
  earlierRecord: earlierRecordSchema.exactOptional(),
  /** commitment to the certificate of the laboratory without keys that did it */
  certificate: z.string().exactOptional(),
  verdicts: z.array(verdictSchema),
});

/** The attestation that a step was done. */
export interface StepReport extends ReadOnly<z.infer<typeof reportSchema>> {}

export const stepSchema = z.strictObject({
  noun: z.literal('step'),
  coi,
  step: z.string(),
  attempt: attemptNumber,
  permission: permissionSchema.exactOptional(),
  report: reportSchema.exactOptional(),
  /** what was reported of it once more: it takes no place of the first, and its results, lots and run count as well */
  repeated: z
    .array(
      signedSchema.extend({
        verdicts: z.array(verdictSchema),
        lots: ids,
        run: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
  ...blockable,
});

/** One attempt at one step of a therapy's process. */
export interface StepAttempt extends ReadOnly<z.infer<typeof stepSchema>> {}

/** What was reported of an attempt: the first time, and once more. */
export function reportsOf({
  report,
  repeated = [],
}: Reported): readonly NonNullable<Reported['repeated']>[number][] {
  return report ? [report, ...repeated] : repeated;
}

type Reported = Pick<StepAttempt, 'report' | 'repeated'>;

/** Every lot that any report says an attempt used. */
export function lotsOf(attempt: Reported): readonly string[] {
  return [...new Set(reportsOf(attempt).flatMap(({ lots }) => lots))];
}

/** Every shared run in which any report says that an attempt was done. */
export function runsOf(attempt: Reported): readonly string[] {
  return [...new Set(reportsOf(attempt).flatMap(({ run }) => run ?? []))];
}

export const stepNoun = defineNoun<StepAttempt>()({
  noun: 'step',
  schema: stepSchema,
  under: 'therapy',
  key: ['coi', 'step', 'attempt'],
});
