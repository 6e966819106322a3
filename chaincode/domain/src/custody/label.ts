import type { Finding } from '../commands/decision.js';
import { isFinding } from '../values/label.js';

/**
 * What a label tells against an item: that it could not be read, or names another than it must. Several things that it
 * must name stand in the order in which they are held against it.
 */
export function labelAgainst(read: string, ...named: readonly string[]): Finding | undefined {
  if (isFinding(read)) return { code: 'LABEL_UNREADABLE', classification: 'major', found: read };
  const expected = named.find((each) => !isFinding(each) && each !== read);
  if (expected === undefined) return undefined;
  return { code: 'LABEL_MISMATCH', classification: 'critical', expected, found: read };
}
