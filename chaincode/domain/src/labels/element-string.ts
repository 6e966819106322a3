import { identifierAt } from './application-identifiers.js';
import { Elements } from './elements.js';
import { notRead } from './not-read.js';

/** FNC1 in what a scanner sends (GS1 General Specifications, 7.8). */
const FNC1 = '\u001d';

/** FNC1 as scanners send it, and what stands for it where a keyboard cannot: none is a character of GS1's set 82. */
const SEPARATORS = [FNC1, '\u241d', '^', '|', '~', '{GS}', '[GS]', '{FNC1}', '[FNC1]'];

/** Characters of the set that could be meant as a separator too. */
const EITHER = /<(?:GS|FNC1)>/;

/**
 * Reads an element string: identifiers and values one after the other, with a separator after each value whose length
 * is not known.
 * @param text what was scanned, without its symbology identifier
 * @param faithful whether the scanner is known to send each separator
 * @throws VeinledgerError LABEL_NOT_READ, also where a lost separator would make another label of it
 */
export function readElementString(text: string, faithful: boolean): Elements {
  const either = EITHER.exec(text);
  if (either) throw notRead(either.index, 'FNC1 as one character (U+001D)', either[0]);
  const elements = new Elements();
  let place = separatorAt(text, 0);
  while (place < text.length) {
    const known = identifierAt(text.slice(place));
    if (!known) throw notRead(place, 'an application identifier of GS1', text.slice(place));
    const { identifier, format } = known;
    place += identifier.length;
    const rest = text.slice(place);
    const until = separatorIn(rest);
    const value = rest.slice(0, format.predefined ? format.longest : until);
    if (!faithful && separatorIn(text) === text.length) {
      requireWhole(elements, identifier, value, place);
    }
    elements.add(identifier, value, place);
    place = separatorAt(text, place + value.length);
  }
  return elements;
}

/** Reads the text below a bar code: `(01)09506000134352(21)AB-12`; a parenthesis of a value is written `\(`. */
export function readBracketed(text: string): Elements {
  const elements = new Elements();
  let place = 0;
  while (place < text.length) {
    const [opening, identifier = ''] = /^\(([0-9]{2,4})\)/.exec(text.slice(place)) ?? [];
    if (opening === undefined) {
      throw notRead(place, 'an application identifier in parentheses', text.slice(place));
    }
    place += opening.length;
    const [value = ''] = /^(?:\\\(|[^(\\])*/.exec(text.slice(place)) ?? [];
    elements.add(identifier, value.replaceAll(String.raw`\(`, '('), place);
    place += value.length;
  }
  return elements;
}

/** Writes an element string as a bar code carries it, with one character for FNC1. */
export function writeElementString(elements: Elements): string {
  const entries = elements.entries();
  return entries
    .map(([identifier, value], index) => {
      const closed = identifierAt(identifier)?.format.predefined === true;
      return `${identifier}${value}${closed || index === entries.length - 1 ? '' : FNC1}`;
    })
    .join('');
}

/** Writes the text below a bar code. */
export function writeBracketed(elements: Elements): string {
  return elements
    .entries()
    .map(([identifier, value]) => `(${identifier})${value.replaceAll('(', String.raw`\(`)}`)
    .join('');
}

/** Where the text goes on after a separator, if one stands there. */
function separatorAt(text: string, place: number): number {
  const separator = SEPARATORS.find((each) => text.startsWith(each, place));
  return place + (separator?.length ?? 0);
}

/** Where the first separator stands; the text's end where there is none. */
function separatorIn(text: string): number {
  const places = SEPARATORS.map((each) => text.indexOf(each)).filter((place) => place >= 0);
  return Math.min(text.length, ...places);
}

/** A last value that ends like an expiry or another date may have swallowed it, where separators can be lost. */
function requireWhole(elements: Elements, identifier: string, value: string, place: number): void {
  const { index, groups } = /(?<date>1[1-3567])(?<digits>[0-9]{6})$/.exec(value) ?? {};
  if (index === undefined || index === 0 || groups === undefined) return;
  const { date = '', digits = '' } = groups;
  if (elements.get(date) !== undefined || identifierAt(identifier)?.format.predefined) return;
  try {
    new Elements().add(date, digits, 0);
  } catch {
    return;
  }
  throw notRead(
    place + index,
    `FNC1 before (${date}), or the text with its identifiers in parentheses`,
    value.slice(index),
  );
}
