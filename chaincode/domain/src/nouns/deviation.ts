import { z } from 'zod';
import { anyCode } from '../values/identifiers.js';
import { classification, dispositionDecision } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { scopeSchema } from './scope.js';
import { signedSchema } from './signed.js';
import { subjectRef } from './subject.js';

export const deviationSchema = z.strictObject({
  noun: z.literal('deviation'),
  scope: scopeSchema,
  id: z.string(),
  code: anyCode,
  classification,
  subjects: z.array(subjectRef),
  /** what was expected and found, in codes and ids */
  expected: z.string().exactOptional(),
  found: z.string().exactOptional(),
  opened: signedSchema,
  disposition: signedSchema.extend({ decision: dispositionDecision }).exactOptional(),
});

/** Something that went otherwise than agreed. Until it is disposed of, its subjects may not be used. */
export interface Deviation extends ReadOnly<z.infer<typeof deviationSchema>> {}

export const deviationNoun = defineNoun<Deviation>()({
  noun: 'deviation',
  schema: deviationSchema,
  key: ['scope', 'id'],
});
