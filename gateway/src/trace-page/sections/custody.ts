import { type Item, numbersEver } from '@veinledger/domain';
import { type Content, html } from '../html.js';
import { noneOf, type TraceSheet } from '../sheet.js';
import { foreseenLines, standing } from '../standing.js';
import { alarm, identifier, lines, tableOf } from '../table.js';
import { labelOf, timeOf, wordsOf } from '../words.js';
import type { Section } from './section.js';

/** Every item: what it is, who holds it, and what quarantines it. */
export function itemSection(sheet: TraceSheet): Section {
  const { trace, outlook } = sheet;
  const items = trace.things.filter((each) => each.noun === 'item');
  return {
    id: 'items',
    heading: 'Items',
    ownPage: true,
    body: tableOf({
      caption: 'Items',
      headings: ['Item', 'Kind', 'State', 'Holder', 'Range', 'Use by', 'Blocked by'],
      rows: items.map((item) => [
        lines([inFull(item.id), ...relabelled(item)]),
        wordsOf(item.kind),
        standing(outlook, `item ${item.id}`, item.custody),
        html`${item.holder.organisation},
        ${item.holder.actor}${
          item.foundBy === undefined ? undefined : `; in the hands of ${item.foundBy.organisation}`
        }`,
        rangeOf(item.range),
        item.useBy === undefined ? undefined : timeOf(item.useBy),
        lines([
          ...item.blockers.map(({ kind: by, code }) => html`${by} ${code}`),
          ...foreseenLines(outlook, `item ${item.id}`, item.blockers),
        ]),
      ]),
      empty: noneOf(sheet, 'item', 'No item has been collected or made.'),
    }),
  };
}

function rangeOf(range: { readonly temperatureMinC?: number; readonly temperatureMaxC?: number }) {
  const { temperatureMinC: min, temperatureMaxC: max } = range;
  if (min === undefined && max === undefined) return undefined;
  if (min === undefined) return `at\u00a0most ${max ?? ''}\u00a0°C`;
  return max === undefined ? `at\u00a0least ${min}\u00a0°C` : `${min}\u00a0to\u00a0${max}\u00a0°C`;
}

/** Every hand-off, both halves. */
export function handOffSection(sheet: TraceSheet): Section {
  const { trace } = sheet;
  const handOffs = trace.things
    .filter((each) => each.noun === 'hand-off')
    .sort((one, other) => startOf(one).localeCompare(startOf(other)));
  return {
    id: 'hand-offs',
    heading: 'Custody hand-offs',
    body: tableOf({
      caption: 'Hand-offs',
      headings: ['Hand-off', 'Item', 'Released', 'Received'],
      rows: handOffs.map(({ id, item, release, receipts }) => [
        id,
        labelOf(item),
        release === undefined
          ? alarm('NOT RELEASED')
          : html`${timeOf(release.at)} by ${release.by.actor} (${release.by.organisation}) to
            ${release.to}; ${wordsOf(release.condition)}, identity
            ${wordsOf(release.identityCheck)}${otherLabel(release.labelRead, labelsIn(sheet, item))}`,
        receipts.length === 0
          ? 'under way'
          : lines(
              receipts.map(
                ({ at, by, verdict, reason, condition, labelRead }) =>
                  html`${verdict === 'accepted' ? 'accepted' : alarm(verdict.toUpperCase())}
                  ${reason === undefined ? undefined : `(${wordsOf(reason)})`} ${timeOf(at)} by
                  ${by.actor} (${by.organisation});
                  ${wordsOf(condition)}${otherLabel(labelRead, labelsIn(sheet, item))}`,
              ),
            ),
      ]),
      empty: noneOf(sheet, 'hand-off', 'Nothing has been handed over.'),
    }),
  };
}

/** What was read from the label, where it is no number that the item was ever labelled with. */
function otherLabel(read: string, labels: ReadonlySet<string>): Content {
  return labels.has(read) ? undefined : html`; ${alarm('LABEL')} ${labelOf(read)}`;
}

/** Every number that an item of the trace was labelled with. */
function labelsIn({ trace }: TraceSheet, id: string): ReadonlySet<string> {
  const labelled = trace.things.filter((each) => each.noun === 'item' && each.id === id);
  const numbers = labelled.flatMap((each) => (each.noun === 'item' ? numbersEver(each) : []));
  return new Set([id, ...numbers]);
}

/** The labels that it was given in the place of its first one, and whether a second person read both. */
function relabelled({ relabellings = [] }: Pick<Item, 'relabellings'>): readonly Content[] {
  return relabellings.map(({ label, verified, annulled }) => {
    const struck = annulled ? alarm('ENTERED IN ERROR') : undefined;
    const waits = verified || annulled ? undefined : alarm('NOT VERIFIED');
    return html`relabelled ${labelOf(label)} ${struck}${waits}`;
  });
}

interface Halves {
  readonly release?: { readonly at: string } | undefined;
  readonly receipts: readonly { readonly at: string }[];
}

function startOf({ release, receipts }: Halves): string {
  return release?.at ?? receipts[0]?.at ?? '';
}

/** An identifier as its label writes it, and in full where that is something else. */
function inFull(id: string): Content {
  const label = labelOf(id);
  return label === id ? label : html`${label}<br />${identifier(id)}`;
}

/** What loggers measured on the way. */
export function readingSection(sheet: TraceSheet): Section {
  const { trace } = sheet;
  const readings = trace.things.filter((each) => each.noun === 'readings');
  return {
    id: 'readings',
    heading: 'Temperature readings',
    body: tableOf({
      caption: 'Readings',
      headings: ['Item', 'Logger', 'From', 'Until', 'Readings', 'Temperatures', 'Excursions'],
      rows: readings.map(({ item, logger, count, minC, maxC, from, until, excursions }) => [
        labelOf(item),
        logger,
        timeOf(from),
        timeOf(until),
        count,
        `${minC} to ${maxC} °C`,
        excursions === 0 ? 'none' : alarm(`${excursions} OUT OF RANGE`),
      ]),
      empty: noneOf(sheet, 'readings', 'No readings were recorded.'),
    }),
  };
}
