import { type Html, html } from './html.js';

const LONGEST = 44;

/** An identifier as labels write it: a GS1 Digital Link as element strings, `(01)… (21)…`; others as they are. */
export function labelOf(id: string): string {
  if (!/^https?:\/\//.test(id) || !URL.canParse(id)) return id;
  const parts = new URL(id).pathname.split('/').slice(1);
  const pairs: string[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    pairs.push(`(${parts[at] ?? ''})${decoded(parts[at + 1] ?? '')}`);
  }
  return pairs.length === 0 ? id : pairs.join(' ');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The words of a command's type, a code or a state: `custody:ReleaseItem` is `release item`. */
export function wordsOf(name: string): string {
  return (name.split(':').at(-1) ?? name)
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();
}

/** At most so much of a text that it fits a picture's box. */
export function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

/** A time for people, to the second, UTC. */
export function timeOf(instant: string): Html {
  return html`<time datetime="${instant}">${dayOf(instant)} ${instant.slice(11, 19)}Z</time>`;
}

/** A time that is known to the minute, for people, UTC. */
export function minuteOf(instant: string): Html {
  return html`<time datetime="${instant}">${plainMinute(instant)}</time>`;
}

/** The same without markup. */
export function plainMinute(instant: string): string {
  return `${dayOf(instant)} ${instant.slice(11, 16)}Z`;
}

const dayOf = (instant: string) => instant.slice(0, 10);
