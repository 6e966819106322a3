import type { Command } from '../commands/command.js';
import type { Context } from '../commands/decision.js';
import type { Reason } from '../nouns/reason.js';
import type { Review } from '../nouns/review.js';
import { isOwnSignature, type Signed, signedBy } from '../nouns/signed.js';
import { minutesAfter } from '../values/time.js';

/** Why quality's look is none: somebody has looked before, or who looks is one of those who did it. */
export function reasonsAgainstReview(
  subject: string,
  { reviewed }: { readonly reviewed?: Review },
  signatures: readonly Signed[],
  context: Context,
): readonly Reason[] {
  const own = signatures.some((each) => isOwnSignature(each, context));
  const found = context.principal;
  return [
    ...(reviewed ? [{ code: 'ALREADY_REVIEWED', subject, found: reviewed.actor } as const] : []),
    ...(own ? [{ code: 'SAME_PERSON', subject, expected: 'another person', found } as const] : []),
  ];
}

/**
 * Quality's look, with what was found and how late it was.
 * @param due RFC 3339
 */
export function reviewOf(
  command: Command<Pick<Review, 'finding'>>,
  context: Context,
  due: string,
): Review {
  return {
    ...signedBy(command, context),
    finding: command.body.finding,
    investigation: command.annex?.['investigation'] ?? '',
    overdueMinutes: minutesAfter(due, context.transactionTime),
  };
}
