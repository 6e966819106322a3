import { z } from 'zod';
import { coi, itemId } from '../values/identifiers.js';
import { courseOfAdministration } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const administrationSchema = signedSchema.extend({
  item: itemId,
  course: courseOfAdministration,
  annex: z.string(),
  /** the dose pass by which it was given, where the ledger could not be reached */
  pass: z.string().exactOptional(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

export interface Administration extends ReadOnly<z.infer<typeof administrationSchema>> {}

export const doseSchema = z.strictObject({
  noun: z.literal('dose'),
  coi,
  id: z.string(),
  /** the order line's */
  number: z.int().min(1),
  item: itemId,
  /** the bedside verifications on which its authorisation stands; each is used once */
  verifications: z.array(z.string()),
  authorised: signedSchema.exactOptional(),
  /** tests that may follow and had no result yet: whoever authorised it named each */
  openTests: z.array(z.string()).exactOptional(),
  administrations: z.array(administrationSchema),
});

/** One dose: its authorisation, and what was given. */
export interface Dose extends ReadOnly<z.infer<typeof doseSchema>> {}

export const doseNoun = defineNoun<Dose>()({
  noun: 'dose',
  schema: doseSchema,
  under: 'therapy',
  key: ['coi', 'id'],
  read: { contract: 'care', readers: 'parties' },
});
