import { z } from 'zod';
import { coi } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const outcomeSchema = z.strictObject({
  noun: z.literal('outcome'),
  coi,
  id: z.string(),
  commitment: z.string(),
  reported: signedSchema,
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/** A follow-up, of which the ledger keeps the commitment. */
export interface Outcome extends ReadOnly<z.infer<typeof outcomeSchema>> {}

export const outcomeNoun = defineNoun<Outcome>()({
  noun: 'outcome',
  schema: outcomeSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
