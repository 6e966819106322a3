import { z } from 'zod';
import { actorId } from '../values/identifiers.js';
import { publicKeysSchema } from '../signing/keys.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const reenrolmentSchema = z.strictObject({
  noun: z.literal('reenrolment'),
  patient: actorId,
  keys: publicKeysSchema,
  asked: signedSchema,
});

/** New keys that a registrar asks for in a patient's name, until a clinician confirms that they are the patient's. */
export interface PendingReenrolment extends ReadOnly<z.infer<typeof reenrolmentSchema>> {}

export const reenrolmentNoun = defineNoun<PendingReenrolment>()({
  noun: 'reenrolment',
  schema: reenrolmentSchema,
  key: ['patient'],
});
