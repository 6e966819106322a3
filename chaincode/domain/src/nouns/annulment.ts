import { z } from 'zod';
import { commandTypeName, digest } from '../values/identifiers.js';
import { reasonOfError } from '../values/words.js';
import { gatheredSchema, signerSchema } from './gathered.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { scopeSchema } from './scope.js';
import { signedSchema } from './signed.js';

export const annulmentSchema = z.strictObject({
  noun: z.literal('annulment'),
  scope: scopeSchema,
  /** the command whose record was entered in error */
  command: digest,
  type: commandTypeName,
  reason: reasonOfError,
  signatures: z.array(gatheredSchema),
  /** who has still to sign; until nobody has, everything stands as it was */
  missing: z.array(signerSchema),
  annulled: signedSchema.exactOptional(),
});

/** That a record was entered in error: who signed so, and who is missing. The record itself stays as it was written. */
export interface Annulment extends ReadOnly<z.infer<typeof annulmentSchema>> {}

export const annulmentNoun = defineNoun<Annulment>()({
  noun: 'annulment',
  schema: annulmentSchema,
  key: ['scope', 'command'],
});
