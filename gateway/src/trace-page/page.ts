import { createHash } from 'node:crypto';
import { Html, html } from './html.js';
import { lineageOf } from './lineage/lineage-of.js';
import { lineageSvg } from './lineage/svg.js';
import { consentSection, doseSection } from './sections/care.js';
import { handOffSection, itemSection, readingSection } from './sections/custody.js';
import { defaultSections } from './sections/default.js';
import { investigationSection } from './sections/investigations.js';
import { deviationSection, productSection, stepSection } from './sections/manufacturing.js';
import { recordSection } from './sections/records.js';
import { type Section, sectionOf } from './sections/section.js';
import { therapySection, verdictSection } from './sections/summary.js';
import type { Thing } from '../reads/therapy-lists.js';
import type { TraceSheet } from './sheet.js';
import { stylesheet } from './stylesheet.js';
import { scrolling } from './table.js';
import { minuteOf, plainMinute } from './words.js';

/** A page and the policy under which a browser may show it. */
export interface Page {
  readonly text: string;
  /** Content-Security-Policy: this page's own styles, and nothing else */
  readonly policy: string;
}

/** A therapy's trace for people: to read, and to print on A4. No scripts. */
export function tracePage(sheet: TraceSheet): Page {
  const { coi } = sheet.trace.therapy;
  const blocks = `${sheet.height} blocks`;
  const styles = stylesheet(
    `Trace of therapy ${coi}`,
    `printed ${plainMinute(sheet.printedAt)} by ${sheet.printedBy}, ledger of ${blocks}`,
  );
  const sections = sectionsOf(sheet);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>Trace of therapy ${coi}</title>
        ${styleElement(styles)}
      </head>
      <body>
        <header>
          <h1>Trace of therapy ${coi}</h1>
          <p>
            Printed ${minuteOf(sheet.printedAt)} by ${sheet.printedBy}. The ledger held ${blocks}.
            Times are UTC.
          </p>
        </header>
        <nav aria-label="Contents">
          <ul>
            ${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}
          </ul>
        </nav>
        <main>${sections.map(sectionOf)}</main>
      </body>
    </html> `;
  return { text: page.text, policy: policyOf(styles) };
}

function sectionsOf(sheet: TraceSheet): readonly Section[] {
  return [
    therapySection(sheet),
    verdictSection(sheet),
    lineageSection(sheet),
    itemSection(sheet),
    handOffSection(sheet),
    readingSection(sheet),
    stepSection(sheet),
    productSection(sheet),
    deviationSection(sheet),
    ...investigationSection(sheet),
    consentSection(sheet),
    doseSection(sheet),
    ...defaultSections(sheet, TOLD),
    recordSection(sheet),
  ];
}

/** Of what the sections above tell, each in its own way. */
const TOLD: ReadonlySet<Thing['noun']> = new Set<Thing['noun']>([
  'item',
  'hand-off',
  'readings',
  'step',
  'design',
  'batch',
  'deviation',
  'hold',
  'investigation',
  'dose',
  'dose-line',
  'verification',
]);

function lineageSection({ trace, outlook, picture }: TraceSheet): Section {
  const graph = lineageOf(trace, outlook);
  const alone =
    picture === undefined ? undefined : html` <a href="${picture}">The picture by itself (SVG)</a>`;
  return {
    id: 'lineage',
    heading: 'Lineage',
    ownPage: true,
    body:
      graph.nodes.length === 0
        ? html`<p>Nothing has been collected or made.</p>`
        : html`<figure>
            ${scrolling('Picture of the lineage', lineageSvg(graph))}
            <figcaption>
              What was made of what, from the patient's samples down to the dose. Round corners:
              items and doses; pills: steps; square corners: datasets, designs and batches. A double
              border with a sign and a word in capitals: not in order. Broken borders: another
              patient's, or refused.${alone}
            </figcaption>
          </figure>`,
  };
}

/** The element by itself, since its policy names the hash of every character in it. */
function styleElement(styles: string): Html {
  return new Html({ trusted: `<style>${styles}</style>` });
}

/** Content Security Policy 3, section 2.3.1: the style element by the hash of its text. */
function policyOf(styles: string): string {
  const hash = createHash('sha256').update(styles).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
