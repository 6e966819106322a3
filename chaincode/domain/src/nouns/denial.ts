import { z } from 'zod';
import { coi, organisationId } from '../values/identifiers.js';
import { answerToDenial, decisionOnAppeal } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const denialSchema = z.strictObject({
  noun: z.literal('denial'),
  coi,
  id: z.string(),
  /** MSP id of the payer */
  payer: organisationId,
  /** the line of the order that is not paid for; absent where nothing of the therapy is */
  dose: z.int().min(1).exactOptional(),
  /** to why, in the annex */
  commitment: z.string(),
  reported: signedSchema,
  /** what the hospital made of it; an appeal has its grounds in an annex */
  answered: signedSchema
    .extend({ answer: answerToDenial, commitment: z.string().exactOptional() })
    .exactOptional(),
  /** what the payer made of the appeal */
  decided: signedSchema.extend({ decision: decisionOnAppeal }).exactOptional(),
});

/** That a payer does not pay. It stops nothing. */
export interface Denial extends ReadOnly<z.infer<typeof denialSchema>> {}

export const denialNoun = defineNoun<Denial>()({
  noun: 'denial',
  schema: denialSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
