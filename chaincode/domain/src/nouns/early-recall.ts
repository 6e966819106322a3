import { z } from 'zod';
import { organisationId } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { scopeSchema } from './scope.js';
import { saidTooSchema } from './said-too.js';
import { signedSchema } from './signed.js';

export const earlyRecallSchema = z.strictObject({
  noun: z.literal('early-recall'),
  scope: scopeSchema,
  /** the short name of what is recalled: `batch batch-2` */
  subject: z.string(),
  /** whose people recalled it */
  organisation: organisationId,
  recall: saidTooSchema({
    reason: z.string(),
    /** of a run's index hopping */
    perMille: z.int().exactOptional(),
  }),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/**
 * The recall of something that nobody has recorded yet: it is recalled from its record on, if it is theirs to recall who
 * said so (D2).
 */
export interface EarlyRecall extends ReadOnly<z.infer<typeof earlyRecallSchema>> {}

export const earlyRecallNoun = defineNoun<EarlyRecall>()({
  noun: 'early-recall',
  schema: earlyRecallSchema,
  key: ['scope', 'subject', 'organisation'],
});

/** The recall that stands in a thing's record from its beginning. */
export function recallOf(
  early: EarlyRecall | undefined,
): { readonly recall: EarlyRecall['recall'] } | undefined {
  return early && !early.annulled ? { recall: early.recall } : undefined;
}
