import type { Annulment } from '@veinledger/domain';
import type { MarkedRecord } from '../../reads/therapy-lists.js';
import { type Content, html } from '../html.js';
import type { TraceSheet } from '../sheet.js';
import { alarm, digestText, lines, tableOf } from '../table.js';
import { labelOf, timeOf, wordsOf } from '../words.js';
import type { Section } from './section.js';

/** Every command record, in the order of the ledger. */
export function recordSection({ trace: { records, things } }: TraceSheet): Section {
  const annulments = new Map(
    things.flatMap((each) => (each.noun === 'annulment' ? [[each.command, each] as const] : [])),
  );
  return {
    id: 'records',
    heading: `Every command (${records.length})`,
    ownPage: true,
    body: tableOf({
      caption: 'Command records by transaction time',
      headings: ['No.', 'Committed', 'Command', 'Signed by', 'Decision', 'Remarks'],
      rows: records.map((record, index) => [
        index + 1,
        timeOf(record.transactionTime),
        html`${wordsOf(record.type)}<br />${digestText(record.commandId)}`,
        html`${signerOf(record)}<br />${record.organisation}`,
        record.decision === 'refused' ? alarm('REFUSED') : record.decision,
        remarks(record, annulments.get(record.commandId)),
      ]),
      empty: 'No command has been recorded.',
    }),
  };
}

function remarks(record: MarkedRecord, annulment: Annulment | undefined): Content {
  const { at, lateEntry, lateReason, reasons, verdicts, deviations, suspect } = record;
  const late = lateReason === undefined ? 'without a reason' : `because: ${wordsOf(lateReason)}`;
  return lines([
    ...(annulment === undefined ? [] : [errorOf(annulment)]),
    ...(suspect === undefined ? [] : [suspicion(suspect)]),
    ...(lateEntry ? [html`${alarm('LATE')}, happened ${timeOf(at)}, ${late}`] : []),
    ...reasons.map(({ code, subject, expected, found }) => [
      html`${alarm(code)} ${subject === undefined ? undefined : nameOf(subject)}`,
      expected === undefined ? undefined : html`; expected ${expected}`,
      found === undefined ? undefined : html`; found ${found}`,
    ]),
    ...verdicts
      .filter(({ verdict }) => verdict !== 'pass')
      .map(({ check, verdict }) => html`check ${check}: ${alarm(verdict)}`),
    ...deviations.map(
      ({ code, classification }) => html`opened ${classification} deviation ${code}`,
    ),
  ]);
}

/** That the record was entered in error, or that some have signed so and who is missing. */
function errorOf({ annulled, reason, missing }: Annulment): Content {
  if (annulled) return html`${alarm('ENTERED IN ERROR')}, ${wordsOf(reason)}`;
  const waits = missing.map(
    ({ organisation, roles, person }) =>
      `${person ?? roles.map(wordsOf).join(' or ')} of ${organisation}`,
  );
  return html`said to be entered in error, ${wordsOf(reason)}; waits for ${waits.join(', ')}`;
}

/** The person who answers for it, and the device by which it was signed. */
function signerOf({ actor, principal }: MarkedRecord): Content {
  return principal === undefined ? actor : html`${principal} by the device ${actor}`;
}

function suspicion({ since, confirmedBy }: NonNullable<MarkedRecord['suspect']>): Content {
  const fate = confirmedBy === undefined ? 'nobody has confirmed it' : 'quality has confirmed it';
  return html`${alarm('SUSPECT')}, signed with keys in other hands since ${timeOf(since)}; ${fate}`;
}

function nameOf(subject: string): string {
  return subject.split(' ').map(labelOf).join(' ');
}
