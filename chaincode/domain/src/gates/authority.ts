import type { WholeTherapy } from '../graph/whole-therapy.js';
import { upstreamOf } from '../graph/upstream.js';
import type { Item } from '../nouns/item.js';
import type { Reason } from '../nouns/reason.js';
import { reasonsOfBlockers } from './blocks.js';

/** Why a hold was placed that stands for an authority: until the hold is lifted the thing is kept for it. */
const FOR_AN_AUTHORITY = 'regulator';

/**
 * Why nobody lets go of a thing: for an authority it is on hold, or its therapy is, or something that it was made of or
 * belongs to (D1). One reason for each such hold.
 */
export function reasonsOfAuthority(whole: WholeTherapy, { coi, id }: Item): readonly Reason[] {
  const ancestry = upstreamOf(whole, [{ kind: 'item', coi, id }]);
  const { items, attempts, datasets, designs, batches } = ancestry;
  return [...items, ...attempts, ...datasets, ...designs, ...batches, whole.therapy]
    .flatMap(reasonsOfBlockers)
    .filter(({ code, found }) => code === 'ON_HOLD' && found === FOR_AN_AUTHORITY)
    .map((reason) => ({ ...reason, expected: 'the hold lifted' }));
}
