import type { Ancestry } from '../graph/ancestry.js';
import type { Blocker } from '../nouns/blockable.js';
import type { Item } from '../nouns/item.js';
import { isDeviationCode, reachOf } from '../values/deviation-codes.js';
import { milliseconds } from '../values/time.js';

/**
 * What of the blockers in an item's record reaches the rest of an ancestry that it is in (D1): all of them, but a condition
 * only what was made of the item after it may have begun. Of what was made the transaction's time counts, so that nobody
 * walks out of a condition's reach by an early word.
 */
export function blockersInReach(
  item: Item,
  { items, attempts, asked = [] }: Ancestry,
): Item['blockers'] {
  const isOf = (each: { readonly coi: string; readonly id: string }) =>
    each.coi === item.coi && each.id === item.id;
  if (asked.some((link) => link.kind === 'item' && isOf(link))) return item.blockers;
  const made = [
    ...items
      .filter(({ parents }) => parents.some(isOf))
      .map(({ signatures }) => signatures[0]?.time),
    ...attempts.filter(({ report }) => report?.inputs.some(isOf)).map(({ report }) => report?.time),
  ];
  if (made.length === 0) return item.blockers;
  return item.blockers.filter((blocker) => made.some((time) => isReached(blocker, time)));
}

/**
 * Whether a blocker of an item reaches what was made of it, or tested on it.
 * @param time of the transaction that told so, RFC 3339; undefined where nothing tells
 */
export function isReached({ kind, code, since }: Blocker, time: string | undefined): boolean {
  if (since === undefined || time === undefined || kind === 'hold' || kind === 'annulled')
    return true;
  if (!isDeviationCode(code) || reachOf(code) === 'everything') return true;
  return milliseconds(time) >= milliseconds(since);
}
