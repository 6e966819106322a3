import { z } from 'zod';
import { actorId, coi } from '../values/identifiers.js';
import { capacityFinding } from '../values/words.js';
import { halfSchema } from './consent.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const capacitySchema = z.strictObject({
  noun: z.literal('capacity'),
  patient: actorId,
  id: z.string(),
  /** the therapy in which there was a doubt */
  coi,
  /** by the id of the patient's proxy: with whom it is settled */
  proxy: z.string(),
  finding: capacityFinding,
  /** the physician's word, until the proxy's joins it */
  half: halfSchema.exactOptional(),
  /** by the physician, and by the proxy or who heard them; absent until both have signed */
  settled: z.strictObject({ physician: signedSchema, beside: signedSchema }).exactOptional(),
});

/** Whether a patient is able to decide for themselves, as a physician outside the therapy settled it with their proxy. */
export interface Capacity extends ReadOnly<z.infer<typeof capacitySchema>> {}

export const capacityNoun = defineNoun<Capacity>()({
  noun: 'capacity',
  schema: capacitySchema,
  under: 'patient',
  key: ['patient', 'id'],
});
