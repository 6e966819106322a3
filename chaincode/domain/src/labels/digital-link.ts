import { Elements } from './elements.js';
import { notRead } from './not-read.js';

/** The domain under which the ledger writes Digital Links, whatever domain a label names. */
const DOMAIN = 'https://id.gs1.org';

/** The keys of what is looked at here: a shipment, a product, a place. */
const PRIMARY = /\/(00|01|414)\/([0-9]{8,18})(?=\/|$)/g;

/**
 * Reads a GS1 Digital Link URI of any domain (GS1 Digital Link Standard: URI Syntax, 1.3).
 * @throws VeinledgerError LABEL_NOT_READ
 */
export function readDigitalLink(text: string): Elements {
  const [, scheme = '', path = '', query] =
    /^(https?:\/\/[^/?#]+)([^?#]*)(?:\?([^#]*))?$/i.exec(text) ?? [];
  if (scheme === '') throw notRead(0, 'a GS1 Digital Link without a fragment', text);
  const key = [...path.matchAll(PRIMARY)].at(-1);
  if (!key) throw notRead(scheme.length, 'a path with /01/{GTIN}, /00/{SSCC} or /414/{GLN}', path);
  const [matched, identifier = '', digits = ''] = key;
  const elements = new Elements();
  const start = scheme.length + key.index;
  elements.add(identifier, identifier === '01' ? digits.padStart(14, '0') : digits, start + 1);
  addPath(elements, path.slice(key.index + matched.length), start + matched.length);
  if (query !== undefined) addQuery(elements, query, scheme.length + path.length + 1);
  return elements;
}

/** The one form of a GTIN with a serial number (AI 21) or a lot (AI 10). */
export function writeDigitalLink(gtin: string, qualifier: '10' | '21', value: string): string {
  return `${DOMAIN}/01/${gtin}/${qualifier}/${encode(value)}`;
}

/** The characters that a URI keeps plain stay; all others are percent-encoded in capitals. */
function encode(value: string): string {
  return value.replaceAll(
    /[^A-Za-z0-9._-]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function addPath(elements: Elements, path: string, start: number): void {
  const segments = path.split('/').slice(1);
  if (segments.at(-1) === '') segments.pop();
  let place = start + 1;
  for (let at = 0; at < segments.length; at += 2) {
    const [identifier = '', value = ''] = segments.slice(at, at + 2);
    if (!['22', '10', '21', '235', '254', '7040'].includes(identifier)) {
      throw notRead(place, 'a qualifier of the product, such as /21/{serial}', identifier);
    }
    place += identifier.length + 1;
    elements.add(identifier, decode(value, place), place);
    place += value.length + 1;
  }
}

/** Names that are no application identifiers are the domain's own business. */
function addQuery(elements: Elements, query: string, start: number): void {
  let place = start;
  for (const pair of query.split(/[&;]/)) {
    const [name = '', ...rest] = pair.split('=');
    const value = rest.join('=');
    if (/^[0-9]{2,4}$/.test(name)) elements.add(name, decode(value, place), place);
    place += pair.length + 1;
  }
}

function decode(value: string, place: number): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw notRead(place, 'percent-encoding of UTF-8', value);
  }
}
