import type { Command } from '../commands/command.js';
import type { Context } from '../commands/decision.js';
import { canonicalise } from '../encoding/codec.js';
import type { Half } from '../nouns/consent.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, type Signed, signedBy } from '../nouns/signed.js';
import { minutesAfter } from '../values/time.js';

/** How long the first of two waits for the second, who heard the same, in hours. */
export const SECOND_WITHIN_HOURS = 24;

/** What comes of a signature where two staff sign the same. */
export type OfTwo =
  | { readonly is: 'first'; readonly half: Half }
  | { readonly is: 'second'; readonly first: Signed }
  | { readonly is: 'other'; readonly reasons: readonly Reason[] };

/**
 * Whether a command is the first or the second of two that say the same. The first may say it otherwise as
 * long as nobody has joined; what nobody joined in its time is begun anew.
 */
export function asOneOfTwo(
  { subject, half }: { readonly subject: string; readonly half?: Half | undefined },
  command: Command<unknown>,
  context: Context,
): OfTwo {
  const { type } = command;
  const words = canonicalise(command.body);
  const first = { is: 'first', half: { type, words, signed: signedBy(command, context) } } as const;
  if (half?.type !== type || isOver(half, context.transactionTime)) return first;
  if (isOwnSignature(half.signed, context)) return first;
  if (half.words === words) return { is: 'second', first: half.signed };
  const expected = 'what the first of the two signed';
  return {
    is: 'other',
    reasons: [{ code: 'OTHER_REQUEST', subject, expected, found: 'something else' }],
  };
}

/**
 * Whether the time is over in which the second signs.
 * @param at RFC 3339
 */
export function isOver({ signed }: Half, at: string): boolean {
  return minutesAfter(signed.time, at) >= SECOND_WITHIN_HOURS * 60;
}
