import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Override } from '../nouns/override.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import { effectiveOf } from '../nouns/signed.js';
import { addMinutes } from '../values/time.js';

/**
 * Until when quality reviews an emergency override (A11): 24 hours from its authorisation where the process says nothing;
 * RFC 3339, or undefined where nothing was authorised.
 */
export function reviewDue(
  { overrideReviewHours: hours = 24 }: Pick<ProcessDefinition, 'overrideReviewHours'>,
  { authorised }: Override,
): string | undefined {
  return authorised && addMinutes(effectiveOf(authorised), hours * 60);
}

/** The overrides that were authorised and that nobody has reviewed; one that was entered in error is looked at as that. */
export function unreviewedOverrides({ overrides }: WholeTherapy): readonly Override[] {
  return [...overrides.values()].filter(
    ({ authorised, reviewed, annulled }) => authorised && !reviewed && !annulled,
  );
}
