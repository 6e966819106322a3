import { z } from 'zod';
import { coi, digest, itemId, localId } from '../values/identifiers.js';
import { role } from '../values/roles.js';
import { overrideReason } from '../values/words.js';
import { gatheredSchema } from './gathered.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { reasonSchema } from './reason.js';
import { reviewSchema } from './review.js';
import { signedSchema } from './signed.js';

export const overrideSchema = z.strictObject({
  noun: z.literal('override'),
  coi,
  /** of the dose that it is for */
  id: z.string(),
  /** the order line's */
  number: z.int().min(1),
  item: itemId,
  /** bedside checks that there are; none where nobody could make them */
  verifications: z.array(z.string()),
  reason: overrideReason,
  /** that treatment goes on although consent lapsed otherwise than by a no */
  continueAfterLapse: z.boolean(),
  /** alarms about the product that both looked into, by the commands that raised them */
  alarmsSeen: z.array(digest).exactOptional(),
  /** tests that both named as open, by their steps */
  openTests: z.array(z.string()).exactOptional(),
  signatures: z.array(
    gatheredSchema.extend({
      /** commitment to the explanation */
      explanation: z.string(),
    }),
  ),
  /** somebody of one of these roles has still to sign; until then nothing is authorised */
  missing: z.array(role),
  /** what stood against the dose when it was authorised */
  overridden: z.array(reasonSchema),
  /** the deviations, holds and rejections behind that, by their ids */
  behind: z.array(localId),
  /** the second signature */
  authorised: signedSchema.exactOptional(),
  /** what quality found of it afterwards */
  reviewed: reviewSchema.exactOptional(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/** That a physician and a pharmacist have a dose given in an emergency, what they overrode, and who reviewed it. */
export interface Override extends ReadOnly<z.infer<typeof overrideSchema>> {}

export const overrideNoun = defineNoun<Override>()({
  noun: 'override',
  schema: overrideSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
