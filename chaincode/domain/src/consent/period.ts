import type { ConsentScope } from '../nouns/consent.js';
import type { Reason } from '../nouns/reason.js';
import { milliseconds } from '../values/time.js';

/**
 * Why a period is none that anything could be permitted in: it has ended, or ends before it begins.
 * @param at RFC 3339
 */
export function reasonsOfPeriod(
  { validFrom, validUntil }: Pick<ConsentScope, 'validFrom' | 'validUntil'>,
  subject: string,
  at: string,
): readonly Reason[] {
  if (validUntil === undefined) return [];
  const end = milliseconds(validUntil);
  const reasons: Reason[] = [];
  if (end <= milliseconds(at)) {
    reasons.push({ code: 'END_IS_PAST', subject, expected: `after ${at}`, found: validUntil });
  }
  if (validFrom !== undefined && end <= milliseconds(validFrom)) {
    const expected = `an end after ${validFrom}`;
    reasons.push({ code: 'PERIOD_EMPTY', subject, expected, found: validUntil });
  }
  return reasons;
}
