import { collectorOf, type Item } from '../nouns/item.js';
import { personAsking } from '../nouns/signed.js';

/** Whether who asks took a sample, under whatever actor (E1). */
export function isCollector(
  item: Pick<Item, 'collected' | 'signatures'>,
  context: Parameters<typeof personAsking>[0],
): boolean {
  const known = collectorOf(item);
  return [context.principal, personAsking(context)].some((each) => known.includes(each));
}
