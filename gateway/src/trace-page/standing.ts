import {
  hindrancesOf,
  type Outlook,
  stateIn,
  type ThingState,
  type Trouble,
  TROUBLES,
} from '@veinledger/domain';
import { type Content, html } from './html.js';
import { alarm } from './table.js';
import { wordsOf } from './words.js';

/**
 * How a thing stands, in a word: an alarm where something stands in its way, and then where it is or how far it has come.
 * @param name as reasons name it: `item https://id.gs1.org/…`
 * @param course how far it has come, whatever stops it
 */
export function standing(outlook: Outlook, name: string, course: string): Content {
  const state = stateIn(outlook, name);
  if (state === undefined || !isTrouble(state)) return wordsOf(course);
  return html`${alarm(wordsOf(state).toUpperCase())} ${wordsOf(course)}`;
}

/** Whether it is a word for what stands in the way. */
export function isTrouble(state: ThingState): state is Trouble {
  return TROUBLES.some((trouble) => trouble === state);
}

/** The codes of what the gates ahead would hold against a thing. */
export function foreseenCodes({ gates }: Outlook, name: string): readonly string[] {
  const own = gates.filter(({ subject }) => subject === name);
  return [...new Set(own.flatMap(hindrancesOf).map(({ code }) => code))];
}

/** What a gate would hold against a thing besides what stands in its own record. */
export function foreseenLines(
  outlook: Outlook,
  name: string,
  blockers: readonly unknown[],
): readonly Content[] {
  if (blockers.length > 0 || stateIn(outlook, name) !== 'stopped') return [];
  return foreseenCodes(outlook, name).map((code) => `next gate: ${code}`);
}
