import { z } from 'zod';
import { digest, localId, organisationId } from '../values/identifiers.js';
import { type RunFailureReason, runFailureReason } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const runFailureSchema = signedSchema.extend({
  reason: runFailureReason,
  /** of index hopping: how many of a thousand reads were given to another sample */
  perMille: z.int().min(1).max(1000).exactOptional(),
  /** of what was found before there was a run: its registration, from which on it counts */
  counted: signedSchema.exactOptional(),
  /** of controls that failed: who else of the owner says so, and the commitment to the controls' results */
  confirmed: signedSchema.extend({ controls: digest }).exactOptional(),
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

/**
 * Whether nothing that was reported of it is a result (C1): two of its owner's people say that its own controls failed, the
 * second with these controls' results. Until then the finding stops what came of it, and what failed in it has failed.
 */
export function isWithoutResults({ failures = [] }: Pick<Run, 'failures'>): boolean {
  return failures.some(
    ({ reason, confirmed, annulled }) => reason === 'controls-failed' && confirmed && !annulled,
  );
}
