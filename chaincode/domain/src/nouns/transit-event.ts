import { z } from 'zod';
import { coi, itemId } from '../values/identifiers.js';
import { transitOccurrence } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const transitEventSchema = z.strictObject({
  noun: z.literal('transit-event'),
  coi,
  id: z.string(),
  item: itemId,
  occurrence: transitOccurrence,
  /** of a swap: the one that measures from then on */
  logger: z.string().exactOptional(),
  recorded: signedSchema,
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/** What befell an item on its way: nobody opened, it was iced again, its logger was swapped, customs kept or cleared it. */
export interface TransitEvent extends ReadOnly<z.infer<typeof transitEventSchema>> {}

export const transitEventNoun = defineNoun<TransitEvent>()({
  noun: 'transit-event',
  schema: transitEventSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
