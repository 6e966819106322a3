import type { Recording } from '../commands/decision.js';
import { isProduct } from '../gates/irreversible.js';
import type { Item } from '../nouns/item.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';

/**
 * What was sent back is given to nobody, though no batch names it: what was prepared of one, what waits for its record, or
 * what nobody knows. Only a sample may come back. Who gave it away and who received it each say so, and each word stops it
 * by itself: that one of them was an error leaves the other's.
 * @param found MSP id of whom it is sent back to
 */
export function noteReturn(
  recording: Recording,
  item: Item,
  definition: ProcessDefinition,
  found: string,
): void {
  const mayBeGiven =
    item.batch !== undefined || item.kind === 'unidentified' || isProduct(definition, item);
  if (!mayBeGiven) return;
  const { since } = recording;
  recording.deviate({ code: 'RETURNED', classification: 'major', since, found }, item);
}
