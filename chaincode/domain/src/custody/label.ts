import type { Finding } from '../commands/decision.js';
import type { Item } from '../nouns/item.js';
import { isFinding } from '../values/label.js';

/**
 * What a label tells against an item: that it could not be read, or names another. A label may bear two numbers of one
 * item, of GS1 and of ISBT 128; whichever was read names it.
 * @param other what the other half of a hand-off read
 */
export function labelAgainst(
  read: string,
  { id, alias }: Pick<Item, 'id' | 'alias'>,
  other = id,
): Finding | undefined {
  if (isFinding(read)) return { code: 'LABEL_UNREADABLE', classification: 'major', found: read };
  const isNamedBy = (label: string) => label === id || label === alias;
  if (isNamedBy(read) && (isFinding(other) || isNamedBy(other))) return undefined;
  const expected = isNamedBy(read) ? other : id;
  return { code: 'LABEL_MISMATCH', classification: 'critical', expected, found: read };
}
