import { z } from 'zod';
import { localId, organisationId } from '../values/identifiers.js';
import { type RunFailureReason, runFailureReason } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const runFailureSchema = signedSchema.extend({
  reason: runFailureReason,
  /** of index hopping: how many of a thousand reads were given to another sample */
  perMille: z.int().min(1).max(1000).exactOptional(),
  /** of what was found before there was a run: its registration, from which on it counts */
  counted: signedSchema.exactOptional(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/** What was found of a run as a whole. */
export interface RunFailure extends ReadOnly<z.infer<typeof runFailureSchema>> {}

export const runSchema = z.strictObject({
  noun: z.literal('run'),
  id: localId,
  flowCell: z.string(),
  instrument: z.string(),
  registered: signedSchema,
  /** whose it is */
  organisation: organisationId,
  /** that it was entered in error: it counts as not registered */
  annulled: signedSchema.exactOptional(),
  /** what its owner found of it, in the order of the findings */
  failures: z.array(runFailureSchema).exactOptional(),
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

/** Whether its owner found so, and did not take it back as an error. */
export function hasFailed({ failures = [] }: Run, reason: RunFailureReason): boolean {
  return failures.some((each) => each.reason === reason && !each.annulled);
}
