import type { Item } from '../nouns/item.js';
import { isOwnSignature, principalOf } from '../nouns/signed.js';

/** Whether who asks took a sample, under whatever actor (E1). */
export function isCollector(
  { collected, signatures }: Pick<Item, 'collected' | 'signatures'>,
  context: Parameters<typeof isOwnSignature>[1],
): boolean {
  if (!collected) return false;
  if (collected.by === context.principal) return true;
  return signatures.some(
    (signed) => principalOf(signed) === collected.by && isOwnSignature(signed, context),
  );
}
