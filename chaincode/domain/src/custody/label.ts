import type { Finding } from '../commands/decision.js';
import { type Labelled, numbersOn } from '../nouns/relabelling.js';
import { isFinding } from '../values/label.js';

/**
 * What a label tells against an item: that it could not be read, or names another. A label may bear two numbers of one
 * item, of GS1 and of ISBT 128; whichever was read names it. Of a thing that was relabelled the new label's number alone does (A6).
 * @param other what the other half of a hand-off read
 */
export function labelAgainst(read: string, item: Labelled, other?: string): Finding | undefined {
  if (isFinding(read)) return { code: 'LABEL_UNREADABLE', classification: 'major', found: read };
  const numbers = numbersOn(item);
  const isOnIt = (label: string) => numbers.includes(label);
  const agrees = other === undefined || isFinding(other) || isOnIt(other);
  if (isOnIt(read) && agrees) return undefined;
  const expected = other !== undefined && isOnIt(read) ? other : numbers[0];
  return { code: 'LABEL_MISMATCH', classification: 'critical', expected, found: read };
}
