import { z } from 'zod';
import { coi, digest } from '../values/identifiers.js';
import { confirmationBasis } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const confirmationSchema = z.strictObject({
  noun: z.literal('confirmation'),
  coi,
  /** the confirmed command */
  id: digest,
  basis: confirmationBasis,
  confirmed: signedSchema,
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/** Quality's confirmation of one suspect signature, which then stops nothing in this therapy. */
export interface Confirmation extends ReadOnly<z.infer<typeof confirmationSchema>> {}

export const confirmationNoun = defineNoun<Confirmation>()({
  noun: 'confirmation',
  schema: confirmationSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
