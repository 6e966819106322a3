import { z } from 'zod';
import { actorId, digest } from '../values/identifiers.js';
import { purpose } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';

export const consentUseSchema = z.strictObject({
  noun: z.literal('consent-use'),
  patient: actorId,
  purpose,
  /** the consent's id */
  consent: z.string(),
  /** the command that was permitted */
  command: digest,
});

/** One permission that rested on a consent with a limited number of uses. */
export interface ConsentUsed extends ReadOnly<z.infer<typeof consentUseSchema>> {}

export const consentUseNoun = defineNoun<ConsentUsed>()({
  noun: 'consent-use',
  schema: consentUseSchema,
  under: 'patient',
  key: ['patient', 'purpose', 'consent', 'command'],
});
