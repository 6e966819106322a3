import { z } from 'zod';
import { coi, instant, itemId } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const readingsSchema = z.strictObject({
  noun: z.literal('readings'),
  coi,
  id: z.string(),
  item: itemId,
  logger: z.string(),
  count: z.int().min(1),
  minC: z.number(),
  maxC: z.number(),
  from: instant,
  until: instant,
  excursions: z.int().min(0),
  /** who read the logger out */
  recorded: signedSchema,
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/** Condition readings of one logger on one item, as one command brought them. */
export interface Readings extends ReadOnly<z.infer<typeof readingsSchema>> {}

export const readingsNoun = defineNoun<Readings>()({
  noun: 'readings',
  schema: readingsSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
