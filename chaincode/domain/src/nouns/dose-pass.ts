import { z } from 'zod';
import { coi, instant, itemId } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const dosePassSchema = z.strictObject({
  noun: z.literal('dose-pass'),
  coi,
  id: z.string(),
  /** the order line's */
  number: z.int().min(1),
  item: itemId,
  /** the number on its label, where it was relabelled */
  label: itemId.exactOptional(),
  issued: signedSchema,
  /** until when a dose may be begun by it */
  until: instant,
  /** the certified batches of what is in the item, with when each was certified */
  released: z.array(z.strictObject({ batch: z.string(), certified: instant })),
  /** tests that may follow and had no result yet: the physician who issued it named each */
  openTests: z.array(z.string()).exactOptional(),
  /** when the first of what the item was prepared of expires; absent where nothing does */
  expires: instant.exactOptional(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/**
 * That everything but the check at the bedside spoke for giving an item when it was issued, for where the ledger cannot be
 * reached.
 */
export interface DosePass extends ReadOnly<z.infer<typeof dosePassSchema>> {}

export const dosePassNoun = defineNoun<DosePass>()({
  noun: 'dose-pass',
  schema: dosePassSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
