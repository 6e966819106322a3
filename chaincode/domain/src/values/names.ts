import { coi, itemId } from './identifiers.js';

/** The shortest identifier of an item or a therapy, in characters. */
const SHORTEST = 14;

/** What stands in a value as a name of an item or of a therapy, wherever in it, also within a text. */
export function namesIn(value: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  collect(value, names);
  return names;
}

/** A text in words, as names stand in it. */
export function wordsOf(text: string): readonly string[] {
  return text.length < SHORTEST ? [] : text.split(/[\s,;]+/u);
}

function collect(value: unknown, names: Set<string>): void {
  if (typeof value === 'string') {
    for (const word of wordsOf(value)) if (isName(word)) names.add(word);
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) collect(each, names);
  }
}

function isName(word: string): boolean {
  return word.length >= SHORTEST && (itemId.safeParse(word).success || coi.safeParse(word).success);
}
