import { readDigitalLink, writeDigitalLink } from './digital-link.js';
import { readBracketed, readElementString } from './element-string.js';
import type { Elements } from './elements.js';
import { type Isbt128Label, readDataStructures, readPrinted, writeCanonical } from './isbt128.js';
import { notRead } from './not-read.js';

/** What a label says, in the forms in which the ledger names things. Whatever it does not say is absent. */
export interface Label {
  readonly standard: 'gs1' | 'isbt-128';
  /** an item's identifier */
  readonly item?: string;
  /** a lot's identifier */
  readonly lot?: string;
  /** a shipping container's code, 18 digits */
  readonly sscc?: string;
  /** a place's number, 13 digits */
  readonly gln?: string;
  /** the last day of use, ISO 8601 */
  readonly expiry?: string;
}

/** Symbology identifiers (ISO/IEC 15424) of carriers that hold GS1 element strings, and send each FNC1. */
const GS1_CARRIERS = [']C1', ']d2', ']Q3', ']e0', ']J1'];

/**
 * Reads what a scanner or a person brings of a label: a GS1 Digital Link of any domain, a GS1 element string with or
 * without a symbology identifier or with its identifiers in parentheses, ISBT 128 data structures, or what ISBT 128
 * prints. One thing has one identifier, in whichever notation it was read.
 * @param year the year in which it is read, which decides on the century of a GS1 date; without it no expiry is told
 * @throws VeinledgerError LABEL_NOT_READ with the place of the fault; what can be read in two ways is not read
 */
export function readLabel(text: string, year?: number): Label {
  const trimmed = text.replaceAll(/^[\t\r\n ]+|[\t\r\n ]+$/g, '');
  const [carrier] = /^\][A-Za-z][0-9A-Za-z]/.exec(trimmed) ?? [];
  const content = trimmed.slice(carrier?.length ?? 0);
  const faithful = carrier !== undefined && GS1_CARRIERS.includes(carrier);
  if (faithful) return gs1Label(readElementString(content, true), year);
  if (/^https?:/i.test(content)) return gs1Label(readDigitalLink(content), year);
  if (/^[=&]/.test(content)) return isbtLabel(readDataStructures(content));
  if (content.startsWith('(')) return gs1Label(readBracketed(content), year);
  if (carrier !== undefined) return isbtLabel(readPrinted(content));
  return oneOf(
    () => isbtLabel(readPrinted(content)),
    () => gs1Label(readElementString(content, false), year),
    /^[A-Z]/.test(content),
  );
}

/** What one of two readings gives; what both take is ambiguous, and of what none takes the likelier one tells. */
function oneOf(donation: () => Label, elements: () => Label, isDonation: boolean): Label {
  const [one, other] = [attempt(donation), attempt(elements)];
  if ('label' in one && 'label' in other) {
    throw notRead(
      0,
      'an element string with its identifiers in parentheses, or = before a number',
      '',
    );
  }
  if ('label' in one) return one.label;
  if ('label' in other) return other.label;
  throw isDonation ? one.fault : other.fault;
}

function attempt(read: () => Label): { readonly label: Label } | { readonly fault: Error } {
  try {
    return { label: read() };
  } catch (fault) {
    if (fault instanceof Error) return { fault };
    throw fault;
  }
}

/**
 * The item's identifier on a label.
 * @throws VeinledgerError LABEL_NOT_READ
 */
export function readItem(text: string): string {
  const { item } = readLabel(text);
  if (item !== undefined) return item;
  throw notRead(0, 'a GTIN with a serial number, or a donation identification number', text);
}

function gs1Label(elements: Elements, year: number | undefined): Label {
  const gtin = elements.get('01');
  const serial = elements.get('21');
  const lot = elements.get('10');
  const sscc = elements.get('00');
  const gln = elements.get('414');
  const expires = elements.get('17');
  return {
    standard: 'gs1',
    ...(gtin === undefined || serial === undefined
      ? {}
      : { item: named(writeDigitalLink(gtin, '21', serial), serial) }),
    ...(gtin === undefined || lot === undefined
      ? {}
      : { lot: named(writeDigitalLink(gtin, '10', lot), lot) }),
    ...(sscc === undefined ? {} : { sscc }),
    ...(gln === undefined ? {} : { gln }),
    ...(expires === undefined || year === undefined ? {} : { expiry: dayOf(expires, year) }),
  };
}

function isbtLabel(read: Isbt128Label): Label {
  const { expiry } = read;
  const item = writeCanonical(read);
  return { standard: 'isbt-128', item, ...(expiry === undefined ? {} : { expiry }) };
}

/** A serial or lot of one or two dots alone has no URI. */
function named(link: string, value: string): string {
  if (/^\.{1,2}$/.test(value))
    throw notRead(0, 'a serial or lot number that a URI can name', value);
  return link;
}

/** The day that six digits mean within fifty years of now (GS1 General Specifications, 7.12); 00 is a month's last. */
function dayOf(digits: string, now: number): string {
  const [short = 0, month = 0, day = 0] = [0, 2, 4].map((from) =>
    Number(digits.slice(from, from + 2)),
  );
  const century = now - (now % 100);
  const apart = short - (now % 100);
  const year = century + short + (apart >= 51 ? -100 : apart <= -50 ? 100 : 0);
  const time = day === 0 ? Date.UTC(year, month, 0) : Date.UTC(year, month - 1, day);
  return new Date(time).toISOString().slice(0, 10);
}
