import { z } from 'zod';
import { actorId, coi, digest, instant, itemId } from '../values/identifiers.js';
import { role } from '../values/roles.js';
import { patientToken } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const verificationSchema = z.strictObject({
  noun: z.literal('verification'),
  coi,
  id: z.string(),
  /** absent where it was another therapy's, whose names are told nowhere else (H2) */
  item: itemId.exactOptional(),
  by: signedSchema.extend({ roles: z.array(role) }),
  token: patientToken,
  /** the pseudonym that the token gave, where it is the therapy's patient's */
  patient: actorId.exactOptional(),
  /** the chain of identity on the scanned label, where it is the therapy's */
  labelCoi: coi.exactOptional(),
  /** from when on it counts: its effective time */
  verifiedAt: instant,
  matches: z.boolean(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
  /** the alarms that this person looked into with the product at hand, by the commands that raised them */
  alarmsSeen: z.array(digest).exactOptional(),
});

/** One person's check of patient and product at the bedside. */
export interface Verification extends ReadOnly<z.infer<typeof verificationSchema>> {}

export const verificationNoun = defineNoun<Verification>()({
  noun: 'verification',
  schema: verificationSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
