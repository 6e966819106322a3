import { z } from 'zod';
import { actorId, digest } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';

export const keyHolderSchema = z.strictObject({
  noun: z.literal('key-holder'),
  /** RFC 7638 thumbprint */
  kid: digest,
  actor: actorId,
});

/** Whose a public key is, or ever was; written once. */
export interface KeyHolder extends ReadOnly<z.infer<typeof keyHolderSchema>> {}

export const keyHolderNoun = defineNoun<KeyHolder>()({
  noun: 'key-holder',
  schema: keyHolderSchema,
  key: ['kid'],
});
