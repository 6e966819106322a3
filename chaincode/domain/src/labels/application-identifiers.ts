import { hasGs1CheckDigit } from '../values/identifiers.js';

/**
 * Every GS1 application identifier by what its value may be, as the GS1 Syntax Dictionary says it: `N`, `X`, `Y` and `Z`
 * are character sets, `..` a greatest length, `[…]` what may be left out, a star a length that needs no separator. The
 * identifiers of a row stand as a pattern.
 */
const ROWS: readonly (readonly [format: string, identifiers: string])[] = [
  ['*N18,csum', '00'],
  ['*N14,csum', '0[1-3]'],
  ['X..20', '10|2[12]|243|254|420|4318|702[0-2]|71[0-7]|7240|8002|8012'],
  ['*N6,yymmd0', '1[1-3]|1[5-7]'],
  ['*N2', '20'],
  ['X..28', '235'],
  ['X..30', '240|241|25[01]|40[013]|4308|4319|7002|7023|8004|90'],
  ['N..6', '242'],
  ['N13,csum [X..17]', '253'],
  ['N13,csum [N..12]', '255'],
  ['N..8', '30|37'],
  ['*N6', '(?:31[0-6]|32[0-9]|33[0-7]|34[0-9]|35[0-7]|36[0-9])[0-5]'],
  ['N..15', '39[02][0-9]'],
  ['N3 N..15', '39[13][0-9]'],
  ['N4', '394[0-3]|8111'],
  ['N6', '395[0-5]|8005'],
  ['N17,csum', '402'],
  ['*N13,csum', '41[0-7]'],
  ['N3 X..9', '421'],
  ['N3', '42[246]'],
  ['N3 [N3] [N3] [N3] [N3]', '42[35]'],
  ['X..3', '427|7008'],
  ['X..35', '430[01]|431[01]|4320'],
  ['X..70', '430[2-6]|431[2-6]|7257|811[02]|8200'],
  ['X2', '43[01]7'],
  ['N10 N10', '4309'],
  ['N1', '432[1-3]|7252'],
  ['N6,yymmd0 N4', '432[45]'],
  ['N6,yymmdd', '4326|7006'],
  ['N6 [X1]', '433[0-3]'],
  ['N13', '7001'],
  ['N6,yymmdd N4', '7003'],
  ['N..4', '7004'],
  ['X..12', '7005'],
  ['N6,yymmdd [N6],yymmdd', '7007'],
  ['X..10', '7009|7255'],
  ['X..2', '7010'],
  ['N6,yymmdd [N4]', '7011'],
  ['N3 X..27', '703[0-9]'],
  ['N1 X1 X1 X1', '7040'],
  ['X..4', '7041'],
  ['X2 X..28', '723[0-9]'],
  ['N2', '7241'],
  ['X..25', '7242|801[34]|8020'],
  ['N8', '7250'],
  ['N8 N4', '7251'],
  ['X..40', '725[349]'],
  ['X..90', '7256|9[1-9]'],
  ['X3', '7258'],
  ['N4 N5 N3 N1 N1', '8001'],
  ['N1 N13,csum [X..16]', '8003'],
  ['N14,csum N4', '8006|8026'],
  ['X..34', '8007'],
  ['N6,yymmdd N2 [N2] [N2]', '8008'],
  ['X..50', '8009'],
  ['Y..30', '8010'],
  ['N..12', '8011'],
  ['N18,csum', '801[78]'],
  ['N..10', '8019'],
  ['Z..90', '8030'],
  ['N15', '804[01]'],
  ['N32', '8042'],
  ['N18 [N..2]', '8043'],
];

/** GS1's character sets: digits, 82 (GS1 General Specifications, figure 7.11-1), 39, and base64url. */
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['N', '[0-9]'],
  ['X', String.raw`[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]`],
  ['Y', String.raw`[#\-/0-9A-Z]`],
  ['Z', String.raw`[A-Za-z0-9_\-=]`],
]);

/** What an application identifier's value may be. */
export interface Format {
  /** as the GS1 Syntax Dictionary writes it */
  readonly format: string;
  /** the length is known, so that nothing separates the value from what follows */
  readonly predefined: boolean;
  readonly shortest: number;
  readonly longest: number;
  readonly fits: RegExp;
  /** where its check digit's number begins and ends */
  readonly checked: readonly [number, number] | undefined;
  /** its first six digits are a date */
  readonly dated: boolean;
}

const FORMATS: readonly { readonly identifiers: RegExp; readonly of: Format }[] = ROWS.map(
  ([format, identifiers]) => ({
    identifiers: new RegExp(`^(?:${identifiers})`),
    of: formatOf(format),
  }),
);

/** The application identifier at the beginning of a text, with its format; undefined where there is none. */
export function identifierAt(
  text: string,
): { readonly identifier: string; readonly format: Format } | undefined {
  for (const { identifiers, of } of FORMATS) {
    const [identifier] = identifiers.exec(text) ?? [];
    if (identifier !== undefined) return { identifier, format: of };
  }
  return undefined;
}

/** What is wrong with a value, in words that say what was expected; undefined when nothing is. */
export function expectedOf(format: Format, value: string): string | undefined {
  if (!format.fits.test(value)) return `a value of the format ${format.format}`;
  const [from, to] = format.checked ?? [0, 0];
  if (format.checked && !hasGs1CheckDigit(value.slice(from, to))) return 'a right check digit';
  if (format.dated && !isDate(value.slice(0, 6), format.format)) return 'a date YYMMDD';
  return undefined;
}

function formatOf(written: string): Format {
  const format = written.replace('*', '');
  const parts = format.split(' ').map((part) => {
    const [, open, set = '', upTo, length, rule] =
      /^(\[?)([NXYZ])(\.\.)?([0-9]+)\]?(?:,(.*))?$/.exec(part) ?? [];
    const characters = CHARACTERS.get(set) ?? '';
    const most = Number(length);
    const least = upTo === undefined ? most : 1;
    const pattern = `${characters}{${least},${most}}`;
    const optional = open === '[';
    return { pattern: optional ? `(?:${pattern})?` : pattern, least, most, optional, rule };
  });
  const before = (place: number) =>
    parts.slice(0, place).reduce((length, { most }) => length + most, 0);
  const sum = parts.findIndex(({ rule }) => rule === 'csum');
  return {
    format,
    predefined: written.startsWith('*'),
    shortest: parts.reduce((length, { least, optional }) => length + (optional ? 0 : least), 0),
    longest: before(parts.length),
    fits: new RegExp(`^${parts.map(({ pattern }) => pattern).join('')}$`),
    checked: sum < 0 ? undefined : [before(sum), before(sum + 1)],
    dated: parts[0]?.rule?.startsWith('yymm') === true,
  };
}

/** A date of any century: `d0` takes day 00, the last of its month. */
function isDate(digits: string, format: string): boolean {
  const [year, month, day] = [0, 2, 4].map((from) => Number(digits.slice(from, from + 2)));
  if (year === undefined || month === undefined || day === undefined) return false;
  if (month < 1 || month > 12) return false;
  if (day === 0) return format.includes('yymmd0');
  // every century has its 29 February in a year that four divides, but for 00, which some have
  return day <= new Date(Date.UTC(2000 + year, month, 0)).getUTCDate();
}
