import type { Asking } from '../commands/decision.js';
import type { Item } from '../nouns/item.js';
import type { Reason } from '../nouns/reason.js';

/** Why an item is not in the actor's organisation's hands. */
export function reasonsAgainstCustody(
  item: Item,
  { actor }: Pick<Asking, 'actor'>,
): readonly Reason[] {
  const subject = `item ${item.id}`;
  if (item.custody !== 'in-custody') {
    return [{ code: 'NOT_IN_CUSTODY', subject, expected: 'in-custody', found: item.custody }];
  }
  const here = actor.organisation;
  if (item.holder.organisation === here) return [];
  return [{ code: 'NOT_HOLDER', subject, expected: here, found: item.holder.organisation }];
}
