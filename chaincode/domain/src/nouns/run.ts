import { z } from 'zod';
import { localId, organisationId } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const runSchema = z.strictObject({
  noun: z.literal('run'),
  id: localId,
  flowCell: z.string(),
  instrument: z.string(),
  registered: signedSchema,
  organisation: organisationId,
  /** that it was entered in error: it counts as not registered */
  annulled: signedSchema.exactOptional(),
});

/** A sequencing run that several therapies may share. */
export interface Run extends ReadOnly<z.infer<typeof runSchema>> {}

export const runNoun = defineNoun<Run>()({
  noun: 'run',
  schema: runSchema,
  under: 'run',
  key: ['id'],
  read: { contract: 'manufacturing', readers: 'members' },
});
