import type { Consent } from '../nouns/consent.js';
import type { Reason } from '../nouns/reason.js';
import { effectiveOf } from '../nouns/signed.js';
import { addMinutes, milliseconds } from '../values/time.js';

/**
 * Why a question is not answered with yes yet: a talk with somebody qualified, and time to think after it, where it was
 * asked so. A no waits for neither.
 * @param at RFC 3339
 */
export function reasonsOfTalk(
  { id, thinkHours, talk }: Pick<Consent, 'id' | 'thinkHours' | 'talk'>,
  at: string,
): readonly Reason[] {
  if (thinkHours === undefined) return [];
  const subject = `consent ${id}`;
  if (!talk) return [{ code: 'TALK_MISSING', subject, expected: 'a talk with a physician' }];
  const from = addMinutes(effectiveOf(talk), thinkHours * 60);
  if (milliseconds(at) >= milliseconds(from)) return [];
  return [{ code: 'TIME_TO_THINK', subject, expected: `not before ${from}`, found: at }];
}
