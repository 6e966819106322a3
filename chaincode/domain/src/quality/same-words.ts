import type { Context } from '../commands/decision.js';
import { canonicalise } from '../encoding/codec.js';
import type { GatheredSignature } from '../nouns/gathered.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature } from '../nouns/signed.js';
import type { Role } from '../values/roles.js';

/** What the first of two people signed, who sign the same. */
export interface FirstHalf {
  /** by what reasons call it */
  readonly subject: string;
  readonly signatures: readonly GatheredSignature[];
  /** of one of these roles the other is */
  readonly missing: readonly Role[];
  /** what both sign */
  readonly words: unknown;
}

/**
 * Why somebody is not the second of two people who sign the same: other words, the same person, or of no role that is asked.
 * @param roles as what they sign: by default all that they have
 */
export function reasonsAgainstSecond(
  { subject, signatures, missing, words }: FirstHalf,
  own: unknown,
  context: Context,
  roles: readonly Role[] = context.actor.roles,
): readonly Reason[] {
  const { principal } = context;
  const reasons: Reason[] = [];
  if (canonicalise(words) !== canonicalise(own)) {
    const expected = 'what the first of the two signed';
    reasons.push({ code: 'OTHER_REQUEST', subject, expected, found: 'something else' });
  }
  if (signatures.some((each) => isOwnSignature(each, context))) {
    const expected = 'another person';
    reasons.push({ code: 'SAME_PERSON', subject, expected, found: principal });
  } else if (!missing.some((role) => roles.includes(role))) {
    const found = roles.join() || 'none';
    reasons.push({ code: 'NOT_ASKED_TO_SIGN', subject, expected: missing.join(' or '), found });
  }
  return reasons;
}

/** Of which roles the other one is: the physician's beside the role that signs with them, and that beside a physician. */
export function rolesBeside(roles: readonly Role[], beside: Role): Role[] {
  return [
    ...(roles.includes(beside) ? (['clinician'] as const) : []),
    ...(roles.includes('clinician') ? [beside] : []),
  ];
}
