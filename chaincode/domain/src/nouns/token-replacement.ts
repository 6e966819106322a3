import { z } from 'zod';
import { coi } from '../values/identifiers.js';
import { causeOfReplacement, formerToken, replaceableToken } from '../values/words.js';
import { gatheredSchema } from './gathered.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const tokenReplacementSchema = z.strictObject({
  noun: z.literal('token-replacement'),
  coi,
  id: z.string(),
  token: replaceableToken,
  cause: causeOfReplacement,
  /** what became of the one before */
  former: formerToken,
  /** those who saw it, in the same words */
  statements: z.array(gatheredSchema),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/** The patient wears or carries another token of the same pseudonym, as two staff saw. */
export interface TokenReplacement extends ReadOnly<z.infer<typeof tokenReplacementSchema>> {}

export const tokenReplacementNoun = defineNoun<TokenReplacement>()({
  noun: 'token-replacement',
  schema: tokenReplacementSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
