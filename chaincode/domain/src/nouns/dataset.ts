import { z } from 'zod';
import { country } from '../values/country.js';
import { coi, digest } from '../values/identifiers.js';
import { attemptOf } from './attempt.js';
import { blockable } from './blockable.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const datasetSchema = z.strictObject({
  noun: z.literal('dataset'),
  coi,
  id: z.string(),
  /** a kind of the process definition's datasets */
  kind: z.string(),
  /** digest of the salted annex that describes the file */
  commitment: digest,
  producedBy: attemptOf,
  /** the report that it came with */
  reported: signedSchema,
  /** where it is stored */
  region: country,
  ...blockable,
});

/** A file of one patient's data that a step produced: a salted commitment, never the data. */
export interface Dataset extends ReadOnly<z.infer<typeof datasetSchema>> {}

export const datasetNoun = defineNoun<Dataset>()({
  noun: 'dataset',
  schema: datasetSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
