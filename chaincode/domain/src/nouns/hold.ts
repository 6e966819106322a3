import { z } from 'zod';
import { anyCode, coi } from '../values/identifiers.js';
import { liftingRole } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';
import { subjectRef } from './subject.js';

export const holdSchema = z.strictObject({
  noun: z.literal('hold'),
  coi,
  id: z.string(),
  subject: subjectRef,
  reason: anyCode,
  liftedByRole: liftingRole,
  placed: signedSchema,
  lifted: signedSchema.exactOptional(),
});

/** A stop that somebody placed, and who may lift it. */
export interface Hold extends ReadOnly<z.infer<typeof holdSchema>> {}

export const holdNoun = defineNoun<Hold>()({
  noun: 'hold',
  schema: holdSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
