import { z } from 'zod';
import { coi, itemId } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';

export const itemIndexSchema = z.strictObject({
  noun: z.literal('item-index'),
  id: itemId,
  coi,
  /** the item's own identifier, where this is another one, on its label */
  item: itemId.exactOptional(),
});

/** To which therapy an identifier belongs; written once, but for a new label's number that another thing was given in error. */
export interface ItemIndex extends ReadOnly<z.infer<typeof itemIndexSchema>> {}

export const itemIndexNoun = defineNoun<ItemIndex>()({
  noun: 'item-index',
  schema: itemIndexSchema,
  key: ['id'],
});
