import { z } from 'zod';
import type { Finding } from '../commands/decision.js';
import { itemId } from '../values/identifiers.js';

/**
 * What reading a label gave where it gave no item's identifier: nothing could be read, there was no label, or what
 * stood on it identifies no item.
 */
export const LABEL_FINDINGS = ['unreadable', 'absent', 'no-identifier'] as const;

const EXPECTED =
  'an ISBT 128 DIN with its check character, a GS1 Digital Link https://id.gs1.org/01/{GTIN}/21/{serial}, ' +
  LABEL_FINDINGS.join(', ');

/**
 * What was read from the label of what is handed over: an item's identifier in the one form in which the ledger names
 * items, or one of {@link LABEL_FINDINGS}. Another item's identifier is as good a fact as the right one.
 */
export const labelRead = z
  .string()
  .regex(/^(?:unreadable|absent|no-identifier|[A-Za-z0-9:/._*-]{14,80})$/, EXPECTED)
  .refine((read) => isFinding(read) || itemId.safeParse(read).success, EXPECTED);

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

function isFinding(read: string): boolean {
  return LABEL_FINDINGS.some((finding) => finding === read);
}
