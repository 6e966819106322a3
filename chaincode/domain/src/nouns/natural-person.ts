import { z } from 'zod';
import { digest } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';

export const naturalPersonSchema = z.strictObject({
  noun: z.literal('natural-person'),
  /** keyed digest of who it is */
  digest,
  /** the digest by which this person was known first, under whatever key */
  person: digest,
});

/** Whom a keyed digest names: signatures name a person alike before and after the key was rotated. */
export interface NaturalPerson extends ReadOnly<z.infer<typeof naturalPersonSchema>> {}

export const naturalPersonNoun = defineNoun<NaturalPerson>()({
  noun: 'natural-person',
  schema: naturalPersonSchema,
  key: ['digest'],
});
