import {
  alarm,
  type Content,
  digestText,
  html,
  identifier,
  labelOf,
  lines,
  type Section,
  tableOf,
  timeOf,
  wordsOf,
} from '@veinledger/gateway/printed';
import type { ChangedThing, ChangedValue } from '../old-and-new.js';
import type { Pack, TrailEntry } from '../pack.js';
import { nameAt, type WithAccess } from '../read-pack.js';

/** Every command of the therapy: who, what, when, why, old and new values (21 CFR 11.10(e)). */
export function trailSection({ trail, access }: Pack): Section {
  const signers = new Map(access.map((each) => [each.id, each]));
  const late = trail.filter(({ record }) => record.lateEntry).length;
  const refused = trail.filter(({ record }) => record.decision === 'refused').length;
  const deviating = trail.filter(({ record }) => record.deviations.length > 0).length;
  return {
    id: 'trail',
    heading: `Audit trail (${trail.length})`,
    ownPage: true,
    body: html`<p>
        ${trail.length} commands: ${refused} refused, ${late} late entries, ${deviating} that opened
        a deviation. Times are UTC. Values are those of the ledger; a value of more than ${LONGEST}
        characters is shortened here and whole in inspection.json.
      </p>
      ${tableOf({
        caption: 'Every command, in the order of the ledger',
        headings: ['No.', 'When', 'Who', 'What', 'Why', 'Old and new values'],
        rows: trail.map((entry, index) => [
          index + 1,
          whenOf(entry),
          whoOf(entry, signers),
          html`${wordsOf(entry.record.type)}, ${decisionOf(entry)}<br />${digestText(
              entry.record.commandId,
            )}`,
          lines(whyOf(entry)),
          valuesOf(entry),
        ]),
        empty: 'No command has been recorded.',
      })}`,
  };
}

const LONGEST = 90;

function whenOf({ record }: TrailEntry): Content {
  const { transactionTime, at, lateEntry } = record;
  if (!lateEntry) return timeOf(transactionTime);
  return html`${timeOf(transactionTime)}<br />${alarm('LATE')}, happened ${timeOf(at)}`;
}

/** By the name that held then, where the reader is told one, and by the actor whose keys signed (21 CFR 11.50). */
function whoOf(
  { record: { actor, principal, organisation, transactionTime } }: TrailEntry,
  signers: ReadonlyMap<string, WithAccess>,
): Content {
  const who = principal === undefined ? actor : html`${principal} by the device ${actor}`;
  const signer = signers.get(principal ?? actor);
  const name = signer && nameAt(signer, transactionTime);
  return lines([...(name === undefined ? [] : [name]), who, organisation]);
}

function decisionOf({ record: { decision } }: TrailEntry): Content {
  return decision === 'refused' ? alarm('REFUSED') : decision;
}

/** The reasons that are on record, codes in words; an explanation in words stands in an annex, which the parties have. */
function whyOf({ record }: TrailEntry): readonly Content[] {
  const { lateReason, reasons, deviations, verdicts, annex } = record;
  return [
    ...(lateReason === undefined ? [] : [html`late: ${wordsOf(lateReason)}`]),
    ...reasons.map(
      ({ code, subject, expected, found }) =>
        html`${code}${said(' ', subject)}${said('; expected ', expected)}${said('; found ', found)}`,
    ),
    ...verdicts.map(({ check, verdict }) => html`check ${check}: ${verdict}`),
    ...deviations.map(({ code, classification }) => html`${classification} deviation ${code}`),
    ...Object.keys(annex).map((name) => html`annex ${name}`),
  ];
}

function said(before: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${before}${text.split(' ').map(labelOf).join(' ')}`;
}

function valuesOf({ record, changed }: TrailEntry): Content {
  if (record.decision === 'refused') return 'nothing was changed';
  if (changed === undefined)
    return 'not decided anew, since this reader is not told all that it rests on';
  return lines(changed.map(thingOf));
}

function thingOf({ noun, name, isNew, values }: ChangedThing): Content {
  const head = html`${isNew ? 'new ' : ''}${wordsOf(noun)} ${labelOf(name)}`;
  return html`${head}${lines(values.map((value) => valueOf(value, isNew)))}`;
}

function valueOf({ member, old, new: now }: ChangedValue, isNew: boolean): Content {
  if (isNew) return html`${member}: ${shown(now)}`;
  return html`${member}: ${shown(old)} → ${shown(now)}`;
}

function shown(value: string | undefined): Content {
  if (value === undefined) return 'none';
  const text = labelOf(value);
  return identifier(text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`);
}
