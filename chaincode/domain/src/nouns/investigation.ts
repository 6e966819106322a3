import { z } from 'zod';
import { actorId, code, coi, itemId, localId } from '../values/identifiers.js';
import { causeOfFailure, investigationPhase } from '../values/words.js';
import { attemptNumber, attemptOf } from './attempt.js';
import { gatheredSchema, signerSchema } from './gathered.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

/** A retest, fixed before it is done. */
export const retestSchema = z.strictObject({
  /** original or retained samples; what is taken of them is of the same sample */
  items: z.array(itemId).max(16),
  datasets: z.array(code).max(16),
  number: z.int().min(1).max(9),
  analyst: actorId,
});

/** What is tested again: which samples and data, how often, and by whom. */
export interface RetestPlan extends ReadOnly<z.infer<typeof retestSchema>> {}

const phaseSchema = signedSchema.extend({
  phase: investigationPhase,
  retest: retestSchema.exactOptional(),
});

const conclusionSchema = z.strictObject({
  cause: causeOfFailure,
  signatures: z.array(gatheredSchema),
  /** who has still to sign; until nobody has, nothing is concluded */
  missing: z.array(signerSchema),
  /** the attempts that stand for the failed check, once it is concluded */
  retests: z.array(attemptOf),
  concluded: signedSchema.exactOptional(),
});

export const investigationSchema = z.strictObject({
  noun: z.literal('investigation'),
  coi,
  id: localId,
  /** the attempt in which the check failed */
  step: code,
  attempt: attemptNumber,
  check: code,
  /** the laboratory phase, then the full one, each with who opened it */
  phases: z.array(phaseSchema),
  conclusion: conclusionSchema.exactOptional(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/**
 * Quality's investigation into one failed check of one attempt: first in the laboratory, then in full. Only when it is
 * concluded with a cause in the laboratory may the retest that it planned stand for the check.
 */
export interface Investigation extends ReadOnly<z.infer<typeof investigationSchema>> {}

export const investigationNoun = defineNoun<Investigation>()({
  noun: 'investigation',
  schema: investigationSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});

/** The plan in force and since when, RFC 3339: the latest phase's that has one. */
export function planOf({
  phases,
}: Pick<Investigation, 'phases'>):
  { readonly plan: RetestPlan; readonly since: string } | undefined {
  const planned = phases.findLast(({ retest }) => retest !== undefined);
  return planned?.retest && { plan: planned.retest, since: planned.time };
}

/** How an investigation stands, as reasons tell: `investigation INV-1, laboratory phase open`. */
export function standOf({ id, phases, conclusion }: Investigation): string {
  const subject = `investigation ${id}`;
  if (conclusion?.concluded) return `${subject}, concluded, cause: ${conclusion.cause}`;
  const phase = `${phases.at(-1)?.phase ?? 'no'} phase open`;
  return conclusion ? `${subject}, ${phase}, a signature missing` : `${subject}, ${phase}`;
}
