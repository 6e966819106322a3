import { z } from 'zod';
import { itemId } from '../values/identifiers.js';
import { labelRead } from '../values/label.js';
import { formerLabel, reasonOfRelabelling } from '../values/words.js';
import { gatheredSchema } from './gathered.js';
import type { ReadOnly } from './noun.js';
import { type Signed, signedSchema } from './signed.js';

export const relabellingSchema = z.strictObject({
  /** what was read from the label that it bore */
  labelRead,
  /** the number of the new one */
  label: itemId,
  reason: reasonOfRelabelling,
  formerLabel,
  /** who applied the new label, and who read both, in the same words */
  signatures: z.array(gatheredSchema),
  /** that a second person read both; until then the thing does not go on */
  verified: signedSchema.exactOptional(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/** That a thing bears another label, and what became of the one before (21 CFR 211.125, 211.130). */
export interface Relabelling extends ReadOnly<z.infer<typeof relabellingSchema>> {}

/** A thing, as far as its labels say what it is. */
export interface Labelled {
  readonly id: string;
  readonly alias?: string;
  readonly relabellings?: readonly Relabelling[];
}

/** The relabelling by which a thing bears the label that it bears; undefined while it bears its first one. */
export function lastRelabelling({ relabellings = [] }: Labelled): Relabelling | undefined {
  return relabellings.findLast(({ annulled }) => !annulled);
}

/**
 * Whenever a thing's label was another one from then on, by all that is known: it was relabelled, or that was entered in error.
 */
export function changesOfLabel({
  relabellings = [],
}: Pick<Labelled, 'relabellings'>): readonly Signed[] {
  return relabellings.flatMap(({ signatures: [first], annulled = first }) => annulled ?? []);
}

/** The numbers on the label that a thing bears: its first label may have two, of GS1 and of ISBT 128, a later one has one. */
export function numbersOn(thing: Labelled): readonly [string, ...string[]] {
  const last = lastRelabelling(thing);
  if (last) return [last.label];
  return thing.alias === undefined ? [thing.id] : [thing.id, thing.alias];
}

/** Every number that a thing was ever labelled with, also in error. */
export function numbersEver({ id, alias, relabellings = [] }: Labelled): readonly string[] {
  return [id, ...(alias === undefined ? [] : [alias]), ...relabellings.map(({ label }) => label)];
}
