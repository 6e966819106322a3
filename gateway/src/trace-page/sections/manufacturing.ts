import { type Content, html } from '../html.js';
import { noneOf, type TraceSheet } from '../sheet.js';
import { standing } from '../standing.js';
import { alarm, identifier, lines, tableOf } from '../table.js';
import { labelOf, timeOf, wordsOf } from '../words.js';
import type { Section } from './section.js';

interface SignedBy {
  readonly actor: string;
  readonly principal?: string | undefined;
  readonly at: string;
}

/** Every attempt at a step, with the verdict of each check. */
export function stepSection(sheet: TraceSheet): Section {
  const { trace } = sheet;
  const steps = trace.things
    .filter((each) => each.noun === 'step')
    .sort((one, other) => startOf(one).localeCompare(startOf(other)));
  return {
    id: 'steps',
    heading: 'Steps and their verdicts',
    body: tableOf({
      caption: 'Steps',
      headings: ['Step', 'Attempt', 'Permitted', 'Reported', 'Verdicts', 'Blocked by'],
      rows: steps.map(({ step, attempt, permission, report, blockers }) => [
        wordsOf(step),
        attempt,
        permission === undefined ? alarm('NOT PERMITTED') : by(permission),
        report === undefined ? 'not yet' : by(report),
        lines((report?.verdicts ?? []).map(({ check, verdict }) => verdictOf(check, verdict))),
        lines(blockers.map(({ kind, code }) => html`${alarm(kind.toUpperCase())} ${code}`)),
      ]),
      empty: noneOf(sheet, 'step', 'No step has been started.'),
    }),
  };
}

function startOf(step: {
  readonly permission?: SignedBy | undefined;
  readonly report?: SignedBy | undefined;
}): string {
  return step.permission?.at ?? step.report?.at ?? '';
}

function verdictOf(check: string, verdict: string): Content {
  return verdict === 'pass' ? `${check} pass` : html`${check} ${alarm(verdict.toUpperCase())}`;
}

function by({ actor, principal = actor, at }: SignedBy): Content {
  return html`${timeOf(at)} by ${principal}`;
}

function imageOf(instead: { readonly reason: string } | undefined): string {
  return instead
    ? `, an image of the label in place of reserve samples (${wordsOf(instead.reason)})`
    : '';
}

/** Designs and batches: who approved, reviewed, certified and recalled them. */
export function productSection(sheet: TraceSheet): Section {
  const { trace, outlook } = sheet;
  const rows: Content[][] = [];
  for (const thing of trace.things) {
    if (thing.noun === 'design') {
      const { id, version, submitted, approved, commitment } = thing;
      rows.push([
        lines([
          `design ${id}, version ${version}`,
          standing(outlook, `design ${id}`, approved === undefined ? 'submitted' : 'approved'),
        ]),
        lines([
          html`submitted ${by(submitted)}`,
          approved === undefined ? 'not approved' : html`approved ${by(approved)}`,
        ]),
        html`sequence commitment ${identifier(commitment)}`,
      ]);
    }
    if (thing.noun === 'batch') {
      const { id, review, certification, recall, vials, reconciliation, labelImage } = thing;
      const { made, sampled, retained, rejected } = reconciliation;
      rows.push([
        lines([`batch ${id}`, standing(outlook, `batch ${id}`, courseOf(thing))]),
        lines([
          review === undefined ? 'not reviewed' : html`reviewed ${by(review)}`,
          certification === undefined ? 'not certified' : html`certified ${by(certification)}`,
          ...(recall === undefined
            ? []
            : [html`${alarm('RECALLED')} (${wordsOf(recall.reason)}) ${by(recall)}`]),
        ]),
        html`of design ${thing.design}; ${expiryOf(thing)}; made ${made}, sampled ${sampled},
        retained ${retained}, rejected ${rejected}${imageOf(labelImage)}; vials
        ${vials.map(labelOf).join(', ')}`,
      ]);
    }
  }
  return {
    id: 'products',
    heading: 'Designs and batches',
    body: tableOf({
      caption: 'Designs and batches',
      headings: ['What', 'Signed', 'Particulars'],
      rows,
      empty: noneOf(sheet, 'design', 'Nothing has been designed.'),
    }),
  };
}

/** When it expires, and with what expiry it was recorded, which the printed labels still say. */
function expiryOf({
  expiry,
  firstExpiry = expiry,
}: {
  readonly expiry: string;
  readonly firstExpiry?: string | undefined;
}): Content {
  if (firstExpiry === expiry) return html`expires ${timeOf(expiry)}`;
  return html`expires ${timeOf(expiry)}, recorded with ${timeOf(firstExpiry)}`;
}

function courseOf({
  review,
  certification,
}: {
  readonly review?: object | undefined;
  readonly certification?: object | undefined;
}): string {
  if (certification) return 'certified';
  return review ? 'reviewed' : 'recorded';
}

/** Every deviation and hold, settled or not. */
export function deviationSection(sheet: TraceSheet): Section {
  const { trace } = sheet;
  const deviations = trace.things.filter((each) => each.noun === 'deviation');
  const holds = trace.things.filter((each) => each.noun === 'hold');
  const opened = [...deviations].sort((one, other) => one.opened.at.localeCompare(other.opened.at));
  const rows = [
    ...opened.map(({ code, classification, subjects, expected, found, opened: first }) => [
      html`deviation ${code}`,
      classification === 'minor' ? 'minor' : alarm(classification.toUpperCase()),
      lines(subjects.map(({ ref }) => subjectOf(ref))),
      by(first),
      lines(
        subjects.map(({ disposition }) =>
          disposition === undefined
            ? alarm('OPEN')
            : html`${wordsOf(disposition.decision)}, ${by(disposition)}`,
        ),
      ),
      particulars(expected, found),
    ]),
    ...holds.map(({ reason, subject, placed, lifted, liftedByRole }) => [
      html`hold ${reason}`,
      undefined,
      subjectOf(subject),
      by(placed),
      lifted === undefined ? alarm('IN FORCE') : html`lifted ${by(lifted)}`,
      html`lifted by ${wordsOf(liftedByRole)}`,
    ]),
  ];
  return {
    id: 'deviations',
    heading: 'Deviations and holds',
    body: tableOf({
      caption: 'Deviations and holds',
      headings: ['What', 'Class', 'About', 'Opened', 'Settled', 'Particulars'],
      rows,
      empty: noneOf(sheet, 'deviation', 'Nothing went otherwise than agreed.'),
    }),
  };
}

function particulars(expected: string | undefined, found: string | undefined): Content {
  const parts = [
    expected === undefined ? undefined : html`expected ${labelOf(expected)}`,
    found === undefined ? undefined : html`found ${labelOf(found)}`,
  ];
  return lines(parts.filter((part) => part !== undefined));
}

type Subject = { readonly kind: string; readonly coi: string } & {
  readonly id?: string;
  readonly attempt?: number;
};

function subjectOf({ kind, coi, id, attempt }: Subject): string {
  if (id === undefined) return `${kind} ${coi}`;
  return attempt === undefined ? `${kind} ${labelOf(id)}` : `${kind} ${id}, attempt ${attempt}`;
}
