import { z } from 'zod';
import { coi, digest, itemId, localId } from '../values/identifiers.js';
import { role } from '../values/roles.js';
import { gatheredSchema } from './gathered.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { reasonSchema } from './reason.js';
import { signedSchema } from './signed.js';

export const decisionSchema = z.strictObject({
  noun: z.literal('decision'),
  coi,
  id: z.string(),
  /** what is to be given, or prepared */
  item: itemId,
  /** that treatment goes on although consent lapsed otherwise than by a no */
  continueAfterLapse: z.boolean(),
  /** alarms about the product that both looked into, by the commands that raised them */
  alarmsSeen: z.array(digest).exactOptional(),
  signatures: z.array(
    gatheredSchema.extend({
      /** commitment to the explanation */
      explanation: z.string(),
    }),
  ),
  /** somebody of one of these roles has still to sign; until then nothing is decided */
  missing: z.array(role),
  /** what stood against the product when it was decided, and is gone on with */
  decided: z.array(reasonSchema),
  /** the deviations, holds and rejections behind that, by their ids */
  behind: z.array(localId),
  /** the second signature */
  agreed: signedSchema.exactOptional(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/**
 * That a physician and a release person go on with a product after what cannot be undone, although something stands against
 * it, and what.
 */
export interface DecisionToGoOn extends ReadOnly<z.infer<typeof decisionSchema>> {}

export const decisionNoun = defineNoun<DecisionToGoOn>()({
  noun: 'decision',
  schema: decisionSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
