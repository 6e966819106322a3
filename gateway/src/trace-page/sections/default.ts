import type { Thing } from '../../reads/therapy-lists.js';
import { type Content, html } from '../html.js';
import type { TraceSheet } from '../sheet.js';
import { digestText, lines, tableOf } from '../table.js';
import { labelOf, timeOf, wordsOf } from '../words.js';
import type { Section } from './section.js';

/** What tells a thing of a noun from the others. */
const NAMES = ['id', 'number', 'attempt'];
/** Members that every thing has and the page says already. */
const KNOWN = ['noun', 'coi'];

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const DIGEST = /^[A-Za-z0-9_-]{43}$/;

/**
 * A section for each noun of which the trace holds something and no other section tells: what the ledger says of it,
 * member by member, so that nothing that is recorded stays unseen.
 */
export function defaultSections(
  { trace }: TraceSheet,
  told: ReadonlySet<Thing['noun']>,
): readonly Section[] {
  const nouns = new Set(trace.things.map(({ noun }) => noun).filter((noun) => !told.has(noun)));
  return [...nouns].sort().map((noun) => ({
    id: `things-${noun}`,
    heading: headingOf(noun),
    body: tableOf({
      caption: headingOf(noun),
      ...membersOf(trace.things.filter((each) => each.noun === noun)),
      empty: 'None.',
    }),
  }));
}

function headingOf(noun: string): string {
  const words = wordsOf(noun);
  return `Recorded: ${words}`;
}

function membersOf(things: readonly Thing[]) {
  const present = new Set(things.flatMap((thing) => Object.keys(thing)));
  for (const known of KNOWN) present.delete(known);
  const names = NAMES.filter((name) => present.delete(name));
  const members = [...names, ...present];
  return {
    headings: members.map(capitalised),
    rows: things.map((thing) => {
      const values = new Map<string, unknown>(Object.entries(thing));
      return members.map((member) => contentOf(values.get(member)));
    }),
  };
}

function contentOf(value: unknown): Content {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return textOf(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object') return undefined;
  if (Array.isArray(value)) return lines(value.map(contentOf));
  const members = new Map<string, unknown>(Object.entries(value));
  const [actor, at] = [members.get('actor'), members.get('at')];
  if (typeof actor === 'string' && typeof at === 'string') return html`${timeOf(at)} by ${actor}`;
  return lines([...members].map(([name, each]) => html`${wordsOf(name)}: ${contentOf(each)}`));
}

function textOf(text: string): Content {
  if (INSTANT.test(text)) return timeOf(text);
  return DIGEST.test(text) ? digestText(text) : labelOf(text);
}

function capitalised(name: string): string {
  const words = wordsOf(name);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
