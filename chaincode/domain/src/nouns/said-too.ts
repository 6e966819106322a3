import { z } from 'zod';
import { type Signed, signedSchema } from './signed.js';

/** A word, and what others said that comes to no more: each counts where the word turns out to be in error (G3). */
export type SaidToo<W extends Signed> = W & { readonly saidToo?: readonly W[] };

/** A signed word with these members, and the like of it that was said too. */
export function saidTooSchema<S extends z.ZodRawShape>(word: S) {
  const said = signedSchema.extend(word);
  return said.extend({
    /** what others said too, while this stood */
    saidToo: z.array(said).exactOptional(),
  });
}

/** The word that stands with one more beside it, or the one alone where none stands. */
export function besides<W extends Signed>(standing: SaidToo<W> | undefined, word: W): SaidToo<W> {
  return standing ? { ...standing, saidToo: [...(standing.saidToo ?? []), word] } : word;
}

/** Whether a command said it, first or too. */
export function isSaidBy({ command, saidToo = [] }: SaidToo<Signed>, by: string): boolean {
  return command === by || saidToo.some((each) => each.command === by);
}

/** What is left of a word without what one command said; undefined where that was all. */
export function leftWithout<W extends Signed>(
  standing: SaidToo<W>,
  command: string,
): SaidToo<W> | undefined {
  const left = (standing.saidToo ?? []).filter((each) => each.command !== command);
  if (standing.command !== command) return { ...standing, saidToo: left };
  return left.reduce<SaidToo<W> | undefined>(besides, undefined);
}
