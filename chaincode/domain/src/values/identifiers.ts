import { z } from 'zod';

/**
 * The closed shapes of everything a command may name. There is no free text among them: each string is an
 * identifier, a code, a digest or a time with a pattern of its own.
 */

/** An actor's id; a patient's is the pseudonym of this programme. */
export const actorId = z
  .string()
  .regex(
    /^[a-z0-9]+(?:[.-][a-z0-9]+){0,7}$/,
    "an actor's id: lower-case words and digits joined by hyphens or dots, such as hospital.nurse-1",
  )
  .max(64);

/** A Fabric membership service provider id, which names an organisation. */
export const organisationId = z
  .string()
  .regex(/^[A-Z][A-Za-z0-9]{1,30}MSP$/, "a member's id that ends with MSP, such as HospitalMSP");

/** A code of a controlled vocabulary, lower case with hyphens. */
export const code = z
  .string()
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    'a code: lower-case words and digits joined by hyphens, such as blood-edta',
  )
  .max(48);

/** A code of a reason, a deviation or a blocker, in either case. */
export const anyCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/)
  .max(64);

/** An id that the actor's own system gave to a thing within one therapy. */
/** A term of GA4GH's Data Use Ontology. */
export const duoCode = z.string().regex(/^DUO:\d{7}$/, 'a DUO code, such as DUO:0000006');

/** A disease by the Mondo Disease Ontology. */
export const mondoCode = z.string().regex(/^MONDO:\d{7}$/, 'a MONDO code, such as MONDO:0004992');

export const localId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'an id of letters, digits, dots, hyphens and underscores that begins with a letter or digit',
  )
  .max(64);

/** A version such as `1.0` or `2.13.1`. */
export const version = z
  .string()
  .regex(/^[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}$/, 'a version of numbers, such as 2.13.1');

/** A SHA-256 digest in base64url without padding, of what is public or random. */
export const digest = z
  .string()
  .regex(
    /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/,
    'the 43 characters of 32 bytes in base64url without padding',
  );

/**
 * What commits to content that somebody could guess: the digest of the canonical text of `{v, salt, content}`, its
 * salt 32 random bytes. Whoever holds that text can open it; nobody else learns anything.
 */
export const commitment = digest;

/** A SHA-256 digest in hexadecimal. */
export const hexDigest = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in 64 hexadecimal digits');

/** The name of a type of command, such as `custody:ReleaseItem`. */
export const commandTypeName = z
  .string()
  .regex(/^[a-z]+:[A-Z][A-Za-z]+$/, 'a type of command, such as custody:ReleaseItem')
  .max(64);

/** GS1 Global Location Number (AI 414), with its check digit. */
export const gln = z
  .string()
  .regex(/^[0-9]{13}$/, 'a GS1 Global Location Number of 13 digits')
  .refine(hasGs1CheckDigit, { error: ({ input }) => expectedLastDigit(input) });

/** GS1 Serial Shipping Container Code (AI 00), with its check digit. */
export const sscc = z
  .string()
  .regex(/^[0-9]{18}$/, 'a GS1 Serial Shipping Container Code of 18 digits')
  .refine(hasGs1CheckDigit, { error: ({ input }) => expectedLastDigit(input) });

/** A tamper-evident seal's number. */
export const sealNumber = z
  .string()
  .regex(/^[A-Z0-9-]{4,24}$/, "a seal's number of 4 to 24 upper-case letters, digits and hyphens");

const DIN = '[A-NP-Z1-9][A-NP-Z0-9]{4}[0-9]{2}[0-9]{6}[0-9A-Z*]';
/** ISBT 128 data structure 003: description code, collection type, division; and 032, the product divisions. */
const PRODUCT = '-[A-Z][0-9]{4}[A-Za-z0-9][A-Z0][a-z0](?:-[A-Z0-9]{6})?';
/**
 * A serial or lot number of GS1's character set 82, in the one form of a segment of a URI: unreserved characters plain,
 * the others percent-encoded in capitals. `.` and `..` are steps of a path, which readers of URIs take away
 * (RFC 3986, sections 2.3 and 6.2.2).
 */
const SEGMENT = String.raw`(?:[A-Za-z0-9._-]|%2[125-9A-CF]|%3[A-F]){1,20}`;
/** No `.` or `..` as the last segment, which a pattern for generators and other languages cannot say. */
const NO_STEP = 'a number that is no step of a path: neither . nor ..';
const isNoStep = (text: string): boolean => !/\/\.{1,2}$/.test(text);
const SERIAL_LINK = String.raw`https:\/\/id\.gs1\.org\/01\/[0-9]{14}\/21\/${SEGMENT}`;
const LOT_LINK = String.raw`https:\/\/id\.gs1\.org\/01\/[0-9]{14}\/10\/${SEGMENT}`;

const DIN_FORM = 'an ISBT 128 donation identification number, such as G123417654321A';
const linkForm = (qualifier: string, named: string) =>
  `a GS1 Digital Link with GTIN and ${named}: https://id.gs1.org/01/<14 digits>/${qualifier}/<1 to 20 characters>`;

/**
 * The check character of ISO/IEC 7064 MOD 37-2 over digits and upper-case letters, as ISBT 128 uses it for
 * donation identification numbers: `G123417654321` gives `A`.
 */
export function mod37Check(text: string): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';
  let sum = 0;
  for (const character of text) sum = ((sum + alphabet.indexOf(character)) * 2) % 37;
  return alphabet.charAt((38 - sum) % 37);
}

/** Whether the last character is the MOD 37-2 check character of those before it. */
export function hasMod37Check(text: string): boolean {
  return mod37Check(text.slice(0, -1)) === text.slice(-1);
}

/** The check digit of GS1 General Specifications, section 7.9, over the digits before it. */
export function gs1CheckDigit(digits: string): string {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const weight = (digits.length - place) % 2 === 0 ? 1 : 3;
    sum += Number(digits.charAt(place)) * weight;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last digit is the check digit of GS1 General Specifications, section 7.9. */
export function hasGs1CheckDigit(digits: string): boolean {
  return gs1CheckDigit(digits.slice(0, -1)) === digits.slice(-1);
}

const gtinIn = (link: string) => /\/01\/([0-9]{14})\//.exec(link)?.[1];

const dinIn = (label: string) => label.slice(0, 14);

function isChecked(label: string): boolean {
  const gtin = gtinIn(label);
  return gtin === undefined ? hasMod37Check(dinIn(label)) : hasGs1CheckDigit(gtin);
}

function expectedLastDigit(digits: unknown): string {
  return `${gs1CheckDigit(String(digits).slice(0, -1))} as the last digit (GS1 check digit)`;
}

function expectedCheck(label: unknown): string {
  const gtin = gtinIn(String(label));
  const number = dinIn(String(label));
  const whole = number === label ? '' : ` of ${number}`;
  return gtin === undefined
    ? `${mod37Check(number.slice(0, -1))} as the last character${whole} (ISO/IEC 7064 MOD 37-2)`
    : `${gs1CheckDigit(gtin.slice(0, -1))} as the last digit of the GTIN (GS1 check digit)`;
}

/**
 * What names an item, in the one form in which the ledger writes it: a GS1 Digital Link URI with GTIN and serial
 * (AI 01, 21), or an ISBT 128 donation identification number with its check character; where several containers bear
 * one number, its product code (data structure 003) follows after a hyphen, and the product divisions (032) after
 * another. `labels/read` brings what was scanned into this form.
 */
export const itemId = z
  .string()
  .regex(
    new RegExp(`^(?:${DIN}(?:${PRODUCT})?|${SERIAL_LINK})$`),
    `${DIN_FORM} or G123417654321A-E0206VA0, or ${linkForm('21', 'serial number')}`,
  )
  .refine(isNoStep, NO_STEP)
  .refine(isChecked, { error: ({ input }) => expectedCheck(input) });

/** A reagent or vector lot: a GS1 Digital Link URI with GTIN and lot (AI 01, 10). */
export const lotId = z
  .string()
  .regex(new RegExp(`^${LOT_LINK}$`), linkForm('10', 'lot number'))
  .refine(isNoStep, NO_STEP)
  .refine(isChecked, { error: ({ input }) => expectedCheck(input) })
  .meta({ examples: ['https://id.gs1.org/01/09506000134352/10/LNP-1'] });

/**
 * The chain-of-identity id: facility (5), year (2), serial number (6) laid out as an ISBT 128 donation
 * identification number, and the ISO/IEC 7064 MOD 37-2 check character.
 */
export const coi = z
  .string()
  .regex(new RegExp(`^${DIN}$`), `a chain of identity, laid out as ${DIN_FORM}`)
  .refine(hasMod37Check, { error: ({ input }) => expectedCheck(input) });

/** RFC 3339 in UTC with milliseconds, the only form of a time in a command. */
export const instant = z
  .string()
  .regex(
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/,
    'a time in UTC with milliseconds (RFC 3339), such as 2026-11-22T13:07:00.000Z',
  )
  .refine((text) => isInstant(text), 'a date and time that the calendar has');

/** A calendar date, ISO 8601. */
export const date = z
  .string()
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'a date (ISO 8601), such as 2026-11-22')
  .refine((text) => isInstant(`${text}T00:00:00.000Z`), 'a date that the calendar has');

function isInstant(text: string): boolean {
  const milliseconds = Date.parse(text);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === text;
}
