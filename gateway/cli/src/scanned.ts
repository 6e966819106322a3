import { itemId, labelRead, readItem } from '@veinledger/domain';
import { z } from 'zod';

/** An item, in whatever notation its label was read or typed; what names none is told as the ledger's form would be. */
export const scannedItem = z.preprocess(canonical, itemId);

/** What was read from a label: an item in any notation, or why none was read. */
export const scannedLabel = z.preprocess(canonical, labelRead);

function canonical(text: unknown): unknown {
  if (typeof text !== 'string' || itemId.safeParse(text).success) return text;
  try {
    return readItem(text);
  } catch {
    return text;
  }
}
