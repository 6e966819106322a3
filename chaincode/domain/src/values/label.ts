import { z } from 'zod';
import { itemId } from './identifiers.js';

/**
 * What reading a label gave where it gave no item's identifier: nothing could be read, there was no label, or what
 * stood on it identifies no item.
 */
export const LABEL_FINDINGS = ['unreadable', 'absent', 'no-identifier'] as const;

const EXPECTED =
  'an ISBT 128 DIN with its check character (and product code), a GS1 Digital Link https://id.gs1.org/01/{GTIN}/21/{serial}, ' +
  LABEL_FINDINGS.join(', ');

/**
 * What was read from the label of what is handed over: an item's identifier in the one form in which the ledger names
 * items, or one of {@link LABEL_FINDINGS}. Another item's identifier is as good a fact as the right one.
 */
export const labelRead = z
  .string()
  .regex(/^(?:unreadable|absent|no-identifier|[A-Za-z0-9:/._*%-]{14,110})$/, EXPECTED)
  .refine((read) => isFinding(read) || itemId.safeParse(read).success, EXPECTED);

/** Whether nothing of an item was read. */
export function isFinding(read: string): boolean {
  return LABEL_FINDINGS.some((finding) => finding === read);
}
