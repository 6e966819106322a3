import { z } from 'zod';

/**
 * The closed shapes of everything a command may name. There is no free text among them: each string is an
 * identifier, a code, a digest or a time with a pattern of its own.
 */

/** An actor's id; a patient's is the pseudonym of this programme. */
export const actorId = z
  .string()
  .regex(/^[a-z0-9]+(?:[.-][a-z0-9]+){0,7}$/)
  .max(64);

/** A Fabric membership service provider id, which names an organisation. */
export const organisationId = z.string().regex(/^[A-Z][A-Za-z0-9]{1,30}MSP$/);

/** A code of a controlled vocabulary, lower case with hyphens. */
export const code = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(48);

/** An id that the actor's own system gave to a thing within one therapy. */
export const localId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
  .max(64);

/** A version such as `1.0` or `2.13.1`. */
export const version = z.string().regex(/^[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}$/);

/** A SHA-256 digest in base64url without padding, of what is public or random. */
export const digest = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);

/**
 * What commits to content that somebody could guess: the digest of the canonical text of `{v, salt, content}`, its
 * salt 32 random bytes. Whoever holds that text can open it; nobody else learns anything.
 */
export const commitment = digest;

/** ISO 3166-1 alpha-2. */
export const country = z.string().regex(/^[A-Z]{2}$/);

/** BCP 47, language with an optional region. */
export const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/);

/** GS1 Global Location Number (AI 414), with its check digit. */
export const gln = z
  .string()
  .regex(/^[0-9]{13}$/)
  .refine(hasGs1CheckDigit, 'the last digit is not the GS1 check digit');

/** GS1 Serial Shipping Container Code (AI 00), with its check digit. */
export const sscc = z
  .string()
  .regex(/^[0-9]{18}$/)
  .refine(hasGs1CheckDigit, 'the last digit is not the GS1 check digit');

/** A tamper-evident seal's number. */
export const sealNumber = z.string().regex(/^[A-Z0-9-]{4,24}$/);

const isbtDin = /^[A-NP-Z1-9][A-NP-Z0-9]{4}[0-9]{2}[0-9]{6}[0-9A-Z*]$/;
// no dot comes first: `.` and `..` are steps of a path, which readers of URIs take away (RFC 3986, section 6.2.2)
const digitalLink =
  /^https:\/\/id\.gs1\.org\/01\/([0-9]{14})\/21\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,19}$/;
const lotLink = /^https:\/\/id\.gs1\.org\/01\/([0-9]{14})\/10\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,19}$/;

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

/** Whether the last digit is the check digit of GS1 General Specifications, section 7.9. */
export function hasGs1CheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length - 1; place++) {
    const weight = (digits.length - place) % 2 === 0 ? 3 : 1;
    sum += Number(digits.charAt(place)) * weight;
  }
  return (10 - (sum % 10)) % 10 === Number(digits.slice(-1));
}

function isItemId(id: string): boolean {
  if (isbtDin.test(id)) return hasMod37Check(id);
  const gtin = digitalLink.exec(id)?.[1];
  return gtin !== undefined && hasGs1CheckDigit(gtin);
}

function isLotId(id: string): boolean {
  const gtin = lotLink.exec(id)?.[1];
  return gtin !== undefined && hasGs1CheckDigit(gtin);
}

/**
 * What stands on an item's label: an ISBT 128 donation identification number with its check character, or a
 * GS1 Digital Link URI with GTIN and serial (AI 01, 21).
 */
export const itemId = z
  .string()
  .regex(/^[A-Za-z0-9:/._*-]{14,80}$/)
  .refine(
    isItemId,
    'neither an ISBT 128 DIN nor a GS1 Digital Link with GTIN and serial, or a wrong check character',
  );

/** A reagent or vector lot: a GS1 Digital Link URI with GTIN and lot (AI 01, 10). */
export const lotId = z
  .string()
  .regex(/^[A-Za-z0-9:/._-]{30,80}$/)
  .refine(isLotId, 'not a GS1 Digital Link with GTIN and lot, or a wrong check digit');

/**
 * The chain-of-identity id: facility (5), year (2), serial number (6) laid out as an ISBT 128 donation
 * identification number, and the ISO/IEC 7064 MOD 37-2 check character.
 */
export const coi = z
  .string()
  .regex(isbtDin)
  .refine(hasMod37Check, 'the last character is not the MOD 37-2 check character');

/** RFC 3339 in UTC with milliseconds, the only form of a time in a command. */
export const instant = z
  .string()
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/)
  .refine((text) => isInstant(text), 'no such date and time');

/** A calendar date, ISO 8601. */
export const date = z
  .string()
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
  .refine((text) => isInstant(`${text}T00:00:00.000Z`), 'no such date');

function isInstant(text: string): boolean {
  const milliseconds = Date.parse(text);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === text;
}
