import type { Ancestry } from '../graph/ancestry.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Reason } from '../nouns/reason.js';
import { reasonsOfBlocks } from './blocks.js';
import { reasonsOfEvidence } from './evidence.js';
import { reasonsOfLeaves } from './leaves.js';
import { reasonsOfPath } from './process-path.js';
import { reasonsOfSecondCollection } from './second-collection.js';

/**
 * Why the chain from the patient's samples to what an ancestry leads to is not whole: every gate asks it.
 * @param retested the step that would be done again, whose own attempts are no reason against that
 */
export function reasonsOfChain(
  whole: WholeTherapy,
  ancestry: Ancestry,
  retested?: string,
): readonly Reason[] {
  return distinct([
    ...reasonsOfLeaves(whole, ancestry),
    ...reasonsOfPath(whole, ancestry),
    ...reasonsOfSecondCollection(whole, ancestry),
    ...reasonsOfBlocks(whole, ancestry),
    ...reasonsOfEvidence(whole, ancestry, retested),
  ]);
}

/** Each reason once. */
export function distinct(reasons: readonly Reason[]): readonly Reason[] {
  const named = reasons.map((reason) => {
    const { code, subject = null, expected = null, found = null } = reason;
    return [JSON.stringify([code, subject, expected, found]), reason] as const;
  });
  return [...new Map(named).values()];
}
