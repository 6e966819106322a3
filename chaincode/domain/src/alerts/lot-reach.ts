import type { Link } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';

/** What a lot reached in one therapy. */
export interface LotReach {
  /** ids of batches */
  readonly batches: readonly string[];
  /** ids of doses of which something was given */
  readonly dosesGiven: readonly string[];
}

/** Every batch that a lot went into, and every dose given that it is in, however many steps away (D2). */
export function lotReachIn(whole: WholeTherapy, lot: string): LotReach {
  const uses = (from: readonly Link[]) =>
    upstreamOf(whole, from).attempts.some(({ report }) => report?.lots.includes(lot));
  const { coi } = whole.therapy;
  return {
    batches: [...whole.batches.keys()].filter((id) => uses([{ kind: 'batch', id }])),
    dosesGiven: [...whole.doses.values()]
      .filter(({ administrations }) =>
        administrations.some(
          ({ item: id, course, annulled }) =>
            course !== 'not-started' && !annulled && uses([{ kind: 'item', coi, id }]),
        ),
      )
      .map(({ id }) => id),
  };
}
