import { z } from 'zod';
import { instant, organisationId } from '../values/identifiers.js';
import { purpose } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const formAmendmentSchema = z.strictObject({
  noun: z.literal('form-amendment'),
  /** MSP id of the hospital whose patients are asked with the form */
  organisation: organisationId,
  form: z.string(),
  /** the new one */
  version: z.string(),
  /** the cohort: whoever agreed to one of these versions */
  from: z.array(z.string()),
  /** the clauses that are other than they were */
  clauses: z.array(z.string()),
  /** until when what continues may go on without the patient's answer */
  deadline: instant,
  /** what goes on until then; everything else waits at once */
  continues: z.array(purpose),
  amended: signedSchema,
});

/** That a form is other than many agreed to, and what of it goes on until they have decided anew. */
export interface FormAmendment extends ReadOnly<z.infer<typeof formAmendmentSchema>> {}

export const formAmendmentNoun = defineNoun<FormAmendment>()({
  noun: 'form-amendment',
  schema: formAmendmentSchema,
  key: ['organisation', 'form', 'version'],
});
