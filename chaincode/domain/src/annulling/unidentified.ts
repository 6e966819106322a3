import type { Item, ItemRef } from '../nouns/item.js';
import type { Things } from './things.js';
import { without } from './without.js';

/** A thing of which nobody knows any more what it is and what it was made of: it stays where it is. */
export function unidentified(item: Item): Item {
  const kept = without(item, 'collected', 'producedBy', 'design');
  return { ...kept, kind: 'unidentified', parents: [], range: {} };
}

/** Those of the things that a mistaken report used up and nothing else did. */
export function backInHand(
  used: readonly ItemRef[],
  things: Things,
  notMade: readonly Item[],
  notDone?: { readonly step: string; readonly attempt: number },
): readonly Item[] {
  const made = things.of('item').filter((item) => !notMade.includes(item));
  const done = things
    .of('step')
    .filter(({ step, attempt }) => step !== notDone?.step || attempt !== notDone.attempt);
  const stillUsed = new Set(
    [
      ...made.flatMap(({ parents }) => parents),
      ...done.flatMap(({ report }) => report?.inputs ?? []),
    ].map(({ id }) => id),
  );
  const ids = new Set(used.map(({ id }) => id));
  return made
    .filter(({ id, custody }) => ids.has(id) && custody === 'consumed' && !stillUsed.has(id))
    .map((item) => ({ ...item, custody: 'in-custody' }));
}
