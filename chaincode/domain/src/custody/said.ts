import { canonicalise } from '../encoding/codec.js';
import { principalOf } from '../nouns/signed.js';
import type { Context } from '../commands/decision.js';

/**
 * Whether somebody says again what they said before: the same person, in the same words. Members that neither says are
 * left out on both sides.
 */
export function isSaidAgain(
  before: { readonly by: Parameters<typeof principalOf>[0]; readonly words: object } | undefined,
  words: object,
  { principal }: Pick<Context, 'principal'>,
): boolean {
  if (!before || principalOf(before.by) !== principal) return false;
  return canonicalise(said(before.words)) === canonicalise(said(words));
}

/** Seals are a set: in which order they are told says nothing. */
export function sealsOf(seals: readonly string[]): readonly string[] {
  return [...new Set(seals)].sort();
}

function said(words: object): object {
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined));
}
