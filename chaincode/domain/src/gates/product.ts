import type { Ancestry } from '../graph/ancestry.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Item } from '../nouns/item.js';
import type { Reason } from '../nouns/reason.js';
import { earliest, milliseconds } from '../values/time.js';
import { reasonsOfStepsBefore } from './process-path.js';

/**
 * Why an item is not what the process gives to the patient, a step that is needed before was not done on it, or its time
 * is over (A9).
 * @param at RFC 3339
 */
export function reasonsOfProduct(whole: WholeTherapy, item: Item, at: string): readonly Reason[] {
  const giving = whole.definition.steps.find(
    ({ attestedBy }) => attestedBy === 'care:RecordAdministration',
  );
  const kinds = giving?.inputs ?? [];
  const subject = `item ${item.id}`;
  const wrong: readonly Reason[] = kinds.includes(item.kind)
    ? []
    : [{ code: 'WRONG_KIND', subject, expected: kinds.join(), found: item.kind }];
  return [
    ...wrong,
    ...(giving ? reasonsOfStepsBefore(whole, giving, item) : []),
    ...reasonsOfExpiry(whole, item, at),
  ];
}

/** Why an item's time is over: everything that it was prepared of ends with its own; what a step made of it has another. */
export function reasonsOfExpiry(whole: WholeTherapy, item: Item, at: string): readonly Reason[] {
  return [...preparedOf(whole, item, new Map()).values()].flatMap(({ id, useBy }) => {
    if (useBy === undefined || milliseconds(useBy) > milliseconds(at)) return [];
    const subject = `item ${id}`;
    return [{ code: 'EXPIRED', subject, expected: `an expiry after ${at}`, found: useBy }];
  });
}

/**
 * When the first of what an item was prepared of, and of the batches upstream, expires, as far as that has a time: RFC 3339.
 */
export function expiryOf(
  whole: WholeTherapy,
  item: Item,
  { batches }: Pick<Ancestry, 'batches'>,
): string | undefined {
  return earliest([
    ...[...preparedOf(whole, item, new Map()).values()].map(({ useBy }) => useBy),
    ...batches.map(({ expiry }) => expiry),
  ]);
}

function preparedOf(
  whole: WholeTherapy,
  item: Item,
  found: Map<string, Item>,
): ReadonlyMap<string, Item> {
  if (found.has(item.id)) return found;
  found.set(item.id, item);
  if (item.producedBy) return found;
  for (const { id } of item.parents) {
    const parent = whole.items.get(id);
    if (parent) preparedOf(whole, parent, found);
  }
  return found;
}
