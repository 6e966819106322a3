import type { Context } from '../commands/decision.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, type Signed } from '../nouns/signed.js';

/** Why somebody is not outside a therapy: they signed something of it, or of what the patient said. */
export function reasonsOfTakingPart(
  things: readonly unknown[],
  subject: string,
  context: Context,
): readonly Reason[] {
  if (!signaturesIn(things).some((each) => isOwnSignature(each, context))) return [];
  const expected = 'a physician who signed nothing of the therapy';
  return [{ code: 'TAKES_PART', subject, expected, found: context.principal }];
}

/** Every signature that stands in something, however deep. */
export function signaturesIn(value: unknown): readonly Signed[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.values(value).flatMap(signaturesIn);
  return isSignature(value) ? [value, ...within] : within;
}

function isSignature(value: object): value is Signed {
  return ['actor', 'command', 'at', 'time'].every((member) => member in value);
}
