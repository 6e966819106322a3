import { z } from 'zod';
import { coi } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';

export const endOfTherapySchema = z.strictObject({ noun: z.literal('~end'), coi });

/**
 * The last key of a therapy's state, written with its order. Whoever reads the whole of it and does not find this at its
 * end was given a part: a peer cuts long ranges without a word.
 */
export interface EndOfTherapy extends ReadOnly<z.infer<typeof endOfTherapySchema>> {}

export const endOfTherapyNoun = defineNoun<EndOfTherapy>()({
  noun: '~end',
  schema: endOfTherapySchema,
  under: 'therapy',
  key: ['coi'],
});
