import type { PassStatement } from '@veinledger/domain';
import { printedPage } from './printed.js';

const WORDS =
  'For where the ledger cannot be reached. It says that nothing stood against giving this product to this patient when it ' +
  'was issued. It does not say that anybody has checked it at the bedside: two staff, one of them a physician, and the ' +
  "patient's own token still do, and sign that with the late entry. Whether something has happened since, or the pass was " +
  'used before, only the ledger can tell.';

/**
 * A dose pass as a page to print: a QR code (ISO/IEC 18004) that holds the whole pass, and the same in words.
 * @param code the printed pass, as its signature covers it
 */
export function passPage(statement: PassStatement, code: string): string {
  const { pass, item, coi, patient, released, expires, block, issuer, issued, until } = statement;
  const { openTests = [], label = item } = statement;
  const rows: readonly (readonly [string, string])[] = [
    ['Patient', patient],
    ['Chain of identity', coi],
    ['Product', label],
    ['Line of the order', String(statement.number)],
    ...released.map(
      ({ batch, certified }) => ['Released', `batch ${batch}, ${certified}`] as const,
    ),
    ...openTests.map((test) => ['Still open', `${test} may follow`] as const),
    ['Expires', expires ?? 'no time is known'],
    ['Held as of block', String(block)],
    ['Issued', `${issued} by ${issuer}`],
    ['Counts until', until],
  ];
  return printedPage({
    title: `Dose pass ${pass}`,
    code,
    format: 'page',
    parts: [{ language: 'en', rows, words: WORDS }],
  });
}
