import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Batch } from '../nouns/batch.js';
import type { Item } from '../nouns/item.js';
import { withTime } from '../nouns/keeping.js';
import { addMinutes } from '../values/time.js';

/**
 * The containers of a batch, each with the time that it has by the batch's expiry and by what it was made of, as far as that
 * comes first (A9).
 * @param before the batch as it was
 */
export function containersAfter(
  whole: Pick<WholeTherapy, 'items' | 'definition'>,
  before: Batch,
  after: Batch,
): readonly Item[] {
  if (before.expiry === after.expiry) return [];
  return before.vials.flatMap((id) => {
    const vial = whole.items.get(id);
    return vial?.batch === before.id
      ? [withTime(vial, before.expiry, after.expiry, limitsOf(whole, vial))]
      : [];
  });
}

function limitsOf(
  { items, definition }: Pick<WholeTherapy, 'items' | 'definition'>,
  { kind, parents, inUseSince }: Item,
): readonly (string | undefined)[] {
  const minutes = definition.items.find(({ code }) => code === kind)?.inUseMinutes;
  const inUse =
    inUseSince === undefined || minutes === undefined ? undefined : addMinutes(inUseSince, minutes);
  return [inUse, ...parents.map(({ id }) => items.get(id)?.useBy)];
}
