import { documentOf, type Page } from './document.js';
import { html } from './html.js';
import { lineageOf } from './lineage/lineage-of.js';
import { lineageSvg } from './lineage/svg.js';
import { consentSection, doseSection } from './sections/care.js';
import { handOffSection, itemSection, readingSection } from './sections/custody.js';
import { defaultSections } from './sections/default.js';
import { investigationSection } from './sections/investigations.js';
import { deviationSection, productSection, stepSection } from './sections/manufacturing.js';
import { recordSection } from './sections/records.js';
import type { Section } from './sections/section.js';
import { therapySection, verdictSection } from './sections/summary.js';
import type { Thing } from '../reads/therapy-lists.js';
import { noneOf, type TraceSheet } from './sheet.js';
import { scrolling } from './table.js';
import { minuteOf, plainMinute } from './words.js';

/** A therapy's trace for people: to read, and to print on A4. No scripts. */
export function tracePage(sheet: TraceSheet): Page {
  const { coi } = sheet.trace.therapy;
  const blocks = `${sheet.height} blocks`;
  return documentOf({
    title: `Trace of therapy ${coi}`,
    foot: `printed ${plainMinute(sheet.printedAt)} by ${sheet.printedBy}, ledger of ${blocks}`,
    lead: html`Printed ${minuteOf(sheet.printedAt)} by ${sheet.printedBy}. The ledger held
    ${blocks}. Times are UTC.`,
    sections: sectionsOf(sheet),
  });
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

function lineageSection(sheet: TraceSheet): Section {
  const { trace, outlook, picture } = sheet;
  const graph = lineageOf(trace, outlook);
  const alone =
    picture === undefined ? undefined : html` <a href="${picture}">The picture by itself (SVG)</a>`;
  return {
    id: 'lineage',
    heading: 'Lineage',
    ownPage: true,
    body:
      graph.nodes.length === 0
        ? html`<p>${noneOf(sheet, 'item', 'Nothing has been collected or made.')}</p>`
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
