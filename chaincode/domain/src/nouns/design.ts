import { z } from 'zod';
import { coi, digest } from '../values/identifiers.js';
import { attemptOf } from './attempt.js';
import { blockable } from './blockable.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { verdictSchema } from './reason.js';
import { signedSchema } from './signed.js';

export const designSchema = z.strictObject({
  noun: z.literal('design'),
  coi,
  id: z.string(),
  version: z.int().min(1),
  commitment: digest,
  datasets: z.array(z.string()),
  ranking: attemptOf,
  /** what its own checks found */
  verdicts: z.array(verdictSchema),
  submitted: signedSchema,
  approved: signedSchema.exactOptional(),
  ...blockable,
});

/** What will be made for the patient: the sequence's commitment, from which data, by whom. */
export interface Design extends ReadOnly<z.infer<typeof designSchema>> {}

export const designNoun = defineNoun<Design>()({
  noun: 'design',
  schema: designSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
