import { z } from 'zod';
import { coi } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';

export const doseLineSchema = z.strictObject({
  noun: z.literal('dose-line'),
  coi,
  /** the order line's number */
  number: z.int().min(1).max(99),
  dose: z.string(),
});

/** Which dose a line of the order stands for: the last one that was authorised or given for it. */
export interface DoseLine extends ReadOnly<z.infer<typeof doseLineSchema>> {}

export const doseLineNoun = defineNoun<DoseLine>()({
  noun: 'dose-line',
  schema: doseLineSchema,
  under: 'therapy',
  key: ['coi', 'number'],
});
