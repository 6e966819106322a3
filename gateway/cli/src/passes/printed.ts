import { Html, html } from '@veinledger/gateway';
import { toSVG } from 'bwip-js/node';

const STYLE = new Html({
  trusted: `<style>
  body { font: 12pt/1.4 sans-serif; margin: 15mm; max-width: 180mm; }
  svg { width: 75mm; height: 75mm; }
  body.card { font-size: 8pt; margin: 5mm; max-width: 86mm; }
  body.card svg { width: 40mm; height: 40mm; }
  h2 { font-size: 1.1em; }
  th { text-align: left; padding-right: 2em; vertical-align: top; font-weight: normal; }
  td { font-weight: bold; overflow-wrap: anywhere; }
</style>`,
});

/** The same in one language. */
export interface PrintedPart {
  /** BCP 47 */
  readonly language: string;
  /** left out where the page has one part */
  readonly heading?: string;
  readonly rows: readonly (readonly [string, string])[];
  readonly words: string;
}

/** What is printed around a code that a scanner reads. */
export interface Printed {
  readonly title: string;
  /** the text of the QR code (ISO/IEC 18004) */
  readonly code: string;
  /** of which size: a page, or a card */
  readonly format: 'page' | 'card';
  readonly parts: readonly [PrintedPart, ...(readonly PrintedPart[])];
}

/** A page to print: a QR code that holds the whole of it, and the same in words. */
export function printedPage({ title, code, format, parts }: Printed): string {
  const picture = toSVG({ bcid: 'qrcode', text: code, scale: 2 });
  const made = html`<!doctype html>
    <html lang="${parts[0].language}">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        ${STYLE}
      </head>
      <body class="${format}">
        <h1>${title}</h1>
        ${new Html({ trusted: picture })} ${parts.map(partOf)}
      </body>
    </html> `;
  return made.text;
}

function partOf({ language, heading, rows, words }: PrintedPart): Html {
  return html`<section lang="${language}">
    ${heading === undefined ? undefined : html`<h2>${heading}</h2>`}
    <table>
      ${rows.map(
        ([name, value]) =>
          html`<tr>
            <th>${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </table>
    <p>${words}</p>
  </section>`;
}
