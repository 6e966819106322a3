import { hasMod37Check, mod37Check } from '../values/identifiers.js';
import { notRead } from './not-read.js';

/** What an ISBT 128 label says of what bears it. */
export interface Isbt128Label {
  /** donation identification number of 13 characters, without flags and check character */
  readonly number: string;
  /** product code of 8 characters: description, type, division (data structure 003) */
  readonly product?: string;
  /** product divisions of 6 characters (data structure 032) */
  readonly divisions?: string;
  /** an expiry's day, ISO 8601 (data structures 004 and 005) */
  readonly expiry?: string;
}

interface DataStructure {
  readonly name: string;
  readonly data: RegExp;
}

/** ISBT 128 Standard Technical Specification (ST-001): data identifiers with what follows each. */
const STRUCTURES: readonly DataStructure[] = [
  { name: 'product', data: /^=<([A-Z][0-9]{4}[A-Za-z0-9][A-Z0][a-z0])/ },
  { name: 'divisions', data: /^=,([A-Z0-9]{6})/ },
  { name: 'expiry', data: /^=>([0-9]{6})/ },
  { name: 'expiry', data: /^&>([0-9]{6})[0-9]{4}/ },
  { name: 'collection', data: /^=\*([0-9]{6})/ },
  { name: 'collection', data: /^&\*([0-9]{10})/ },
  { name: 'production', data: /^=\}([0-9]{6})/ },
  { name: 'production', data: /^&\}([0-9]{10})/ },
  { name: 'groups', data: /^=%([A-Za-z0-9]{4})/ },
  { name: 'compound', data: /^=\+([0-9]{5})/ },
  { name: 'number', data: /^=([A-NP-Z1-9][A-NP-Z0-9]{4}[0-9]{8}[0-9A-Z]{2})/ },
];

/** Flags of this range are the check character's value and 60 (ST-001, flag characters of type 3). */
const CHECKING = { from: 60, to: 96 };
const CHECK_VALUES = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';

const PRINTED =
  /^([A-NP-Z1-9][A-NP-Z0-9]{4}[0-9]{8})([0-9A-Z]{2})?([0-9A-Z*])(?:-?([A-Z][0-9]{4}[A-Za-z0-9][A-Z0][a-z0])(?:-?([A-Z0-9]{6}))?)?$/;

/**
 * Reads data structures one after the other, as bar codes carry them: `=G12341765432100=<E0206VA0`.
 * @throws VeinledgerError LABEL_NOT_READ
 */
export function readDataStructures(text: string): Isbt128Label {
  const said = new Map<string, string>();
  let place = 0;
  while (place < text.length) {
    const rest = text.slice(place);
    const found = STRUCTURES.map(({ name, data }) => ({ name, match: data.exec(rest) })).find(
      ({ match }) => match !== null,
    );
    const value = found?.match?.[1];
    if (!found?.match || value === undefined) {
      throw notRead(place, 'a data structure of ISBT 128 that tells of a container', rest);
    }
    const before = said.get(found.name);
    if (before !== undefined && before !== value)
      throw notRead(place, `one value: ${before}`, value);
    said.set(found.name, value);
    place += found.match[0].length;
  }
  const flagged = said.get('number');
  if (flagged === undefined) throw notRead(0, 'a donation identification number, =…', text);
  requireFlags(flagged);
  return labelOf(
    flagged.slice(0, 13),
    said.get('product'),
    said.get('divisions'),
    said.get('expiry'),
  );
}

/**
 * Reads what is printed or typed: the number with its check character, with or without the flags before it, then the
 * product code and the divisions. Spaces stand wherever they were printed.
 * @throws VeinledgerError LABEL_NOT_READ, also without a check character, which flags are not
 */
export function readPrinted(text: string): Isbt128Label {
  const [, number, flags, check, product, divisions] = PRINTED.exec(text.replaceAll(' ', '')) ?? [];
  if (number === undefined || check === undefined) {
    throw notRead(0, 'a donation identification number with its check character', text);
  }
  if (!hasMod37Check(`${number}${check}`)) {
    throw notRead(13, `${mod37Check(number)} as the check character of ${number}`, check);
  }
  if (flags !== undefined) requireFlags(`${number}${flags}`);
  return labelOf(number, product, divisions);
}

/** The data structures of what an identifier names; flags are not used. */
export function writeDataStructures({ number, product, divisions }: Isbt128Label): string {
  const more = [product && `=<${product}`, divisions && `=,${divisions}`];
  return [`=${number}00`, ...more].filter((each) => each !== undefined).join('');
}

/** What is printed for people: `G1234 17 654321 A E0206VA0`. */
export function writePrinted({ number, product, divisions }: Isbt128Label): string {
  const parts = [number.slice(0, 5), number.slice(5, 7), number.slice(7), mod37Check(number)];
  return [...parts, product, divisions].filter((each) => each !== undefined).join(' ');
}

/** The identifier on the ledger. */
export function writeCanonical({ number, product, divisions }: Isbt128Label): string {
  const whole = [`${number}${mod37Check(number)}`, product, divisions];
  return whole.filter((each) => each !== undefined).join('-');
}

function requireFlags(flagged: string): void {
  const number = flagged.slice(0, 13);
  const flags = Number(flagged.slice(13));
  if (!(flags >= CHECKING.from && flags <= CHECKING.to)) return;
  const right = CHECKING.from + CHECK_VALUES.indexOf(mod37Check(number));
  if (flags !== right) throw notRead(13, `${right} as checking flags of ${number}`, `${flags}`);
}

function labelOf(
  number: string,
  product?: string,
  divisions?: string,
  expires?: string,
): Isbt128Label {
  if (divisions !== undefined && product === undefined) {
    throw notRead(0, 'a product code with its divisions', divisions);
  }
  return {
    number,
    ...(product === undefined ? {} : { product }),
    ...(divisions === undefined ? {} : { divisions }),
    ...(expires === undefined ? {} : { expiry: dayOf(expires) }),
  };
}

/** `cyyjjj`: the century's last digit, the year, and the day of the year. */
function dayOf(text: string): string {
  const century = text.startsWith('9') ? 1000 : 2000;
  const year = century + Number(text.slice(0, 3));
  const day = Number(text.slice(3));
  const time = new Date(Date.UTC(year, 0, day));
  if (day < 1 || time.getUTCFullYear() !== year) throw notRead(0, 'a day of the year', text);
  return time.toISOString().slice(0, 10);
}
