import { z } from 'zod';
import { coi } from '../values/identifiers.js';
import { attemptNumber } from './attempt.js';
import { defineNoun, type ReadOnly } from './noun.js';

const where = {
  /** the lot or the run */
  of: z.string(),
  coi,
  step: z.string(),
  attempt: attemptNumber,
};

export const lotUseSchema = z.strictObject({ noun: z.literal('lot-use'), ...where });
export const runUseSchema = z.strictObject({ noun: z.literal('run-use'), ...where });

/** The reverse key of a lot: where it was used. */
export interface LotUse extends ReadOnly<z.infer<typeof lotUseSchema>> {}

/** The reverse key of a run: where it was used. */
export interface RunUse extends ReadOnly<z.infer<typeof runUseSchema>> {}

export type Use = LotUse | RunUse;

export const lotUseNoun = defineNoun<LotUse>()({
  noun: 'lot-use',
  schema: lotUseSchema,
  key: ['of', 'coi', 'step', 'attempt'],
});

export const runUseNoun = defineNoun<RunUse>()({
  noun: 'run-use',
  schema: runUseSchema,
  key: ['of', 'coi', 'step', 'attempt'],
});
