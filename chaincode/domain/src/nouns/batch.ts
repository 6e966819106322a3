import { z } from 'zod';
import { coi, instant, itemId } from '../values/identifiers.js';
import { reasonWithoutReserve } from '../values/words.js';
import { attemptOf } from './attempt.js';
import { blockable } from './blockable.js';
import { expiryChangeSchema } from './expiry-change.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const vials = z.int().min(0);

/** Numbers of vials. */
const reconciliationSchema = z.strictObject({
  made: vials,
  sampled: vials,
  retained: vials,
  rejected: vials,
});

export const batchSchema = z.strictObject({
  noun: z.literal('batch'),
  coi,
  id: z.string(),
  /** none where the process has no designs */
  design: z.string().exactOptional(),
  parentBatch: z.string().exactOptional(),
  fill: attemptOf,
  vials: z.array(itemId),
  reconciliation: reconciliationSchema,
  /** in the place of reserve samples, none of which could be spared */
  labelImage: z
    .strictObject({
      reason: reasonWithoutReserve,
      /** to the image, in the annex */
      commitment: z.string(),
    })
    .exactOptional(),
  /** use before */
  expiry: instant,
  /** with which it was recorded, once that was changed */
  firstExpiry: instant.exactOptional(),
  /** in the order in which they took effect, and what one person has signed so far */
  expiryChanges: z.array(expiryChangeSchema).exactOptional(),
  recorded: signedSchema,
  review: signedSchema.exactOptional(),
  certification: signedSchema
    .extend({
      /** tests that may follow and had no result yet: whoever certified named each */
      openTests: z.array(z.string()).exactOptional(),
    })
    .exactOptional(),
  recall: signedSchema.extend({ reason: z.string() }).exactOptional(),
  ...blockable,
});

/** What was filled for the patient in one go. */
export interface Batch extends ReadOnly<z.infer<typeof batchSchema>> {}

export const batchNoun = defineNoun<Batch>()({
  noun: 'batch',
  schema: batchSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
