import { z } from 'zod';
import { coi } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const missedSlotSchema = z.strictObject({
  noun: z.literal('missed-slot'),
  coi,
  id: z.string(),
  /** as it was booked */
  slot: z.string(),
  /** the line of the order that it was booked for; absent where it was for making, carrying or collecting */
  dose: z.int().min(1).exactOptional(),
  reason: z.string(),
  reported: signedSchema,
  /** the slot in its place */
  rebooked: signedSchema.extend({ slot: z.string() }).exactOptional(),
});

/** A booked time that nobody came to, or that was not met. */
export interface MissedSlot extends ReadOnly<z.infer<typeof missedSlotSchema>> {}

export const missedSlotNoun = defineNoun<MissedSlot>()({
  noun: 'missed-slot',
  schema: missedSlotSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
