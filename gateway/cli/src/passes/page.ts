import type { PassStatement } from '@veinledger/domain';
import { Html, html } from '@veinledger/gateway';
import { toSVG } from 'bwip-js/node';

const STYLE = new Html({
  trusted: `<style>
  body { font: 12pt/1.4 sans-serif; margin: 15mm; max-width: 180mm; }
  svg { width: 75mm; height: 75mm; }
  th { text-align: left; padding-right: 2em; vertical-align: top; font-weight: normal; }
  td { font-weight: bold; overflow-wrap: anywhere; }
</style>`,
});

/**
 * A dose pass as a page to print: a QR code (ISO/IEC 18004) that holds the whole pass, and the same in words.
 * @param code the printed pass, as its signature covers it
 */
export function passPage(statement: PassStatement, code: string): string {
  const picture = toSVG({ bcid: 'qrcode', text: code, scale: 2 });
  const { pass, item, coi, patient, released, expires, block, issuer, issued, until } = statement;
  const { openTests = [] } = statement;
  const rows: readonly (readonly [string, string])[] = [
    ['Patient', patient],
    ['Chain of identity', coi],
    ['Product', item],
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
  const made = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Dose pass ${pass}</title>
        ${STYLE}
      </head>
      <body>
        <h1>Dose pass ${pass}</h1>
        ${new Html({ trusted: picture })}
        <table>
          ${rows.map(
            ([name, value]) =>
              html`<tr>
                <th>${name}</th>
                <td>${value}</td>
              </tr>`,
          )}
        </table>
        <p>
          For where the ledger cannot be reached. It says that nothing stood against giving this
          product to this patient when it was issued. It does not say that anybody has checked it at
          the bedside: two staff, one of them a physician, and the patient's own token still do, and
          sign that with the late entry. Whether something has happened since, or the pass was used
          before, only the ledger can tell.
        </p>
      </body>
    </html> `;
  return made.text;
}
