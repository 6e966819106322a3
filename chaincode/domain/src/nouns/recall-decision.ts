import { z } from 'zod';
import { coi } from '../values/identifiers.js';
import { attemptNumber } from './attempt.js';
import { gatheredSchema, signerSchema } from './gathered.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const recallDecisionSchema = z.strictObject({
  noun: z.literal('recall-decision'),
  coi,
  batch: z.string(),
  /** the attempt in which a check failed */
  step: z.string(),
  attempt: attemptNumber,
  signatures: z.array(
    gatheredSchema.extend({
      /** commitment to the investigation */
      investigation: z.string(),
    }),
  ),
  /** who has still to sign; until nobody has, nothing is decided */
  missing: z.array(signerSchema),
  decided: signedSchema.exactOptional(),
});

/** That a certified batch is not recalled although a check failed: who signed so, and who is missing (C3). */
export interface RecallDecision extends ReadOnly<z.infer<typeof recallDecisionSchema>> {}

export const recallDecisionNoun = defineNoun<RecallDecision>()({
  noun: 'recall-decision',
  schema: recallDecisionSchema,
  under: 'therapy',
  key: ['coi', 'batch', 'step', 'attempt'],
});
