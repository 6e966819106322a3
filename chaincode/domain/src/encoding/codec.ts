import { utf8 } from './bytes.js';
import { canonicalForm } from './canonical-form.js';
import { type ErrorCode, VeinledgerError } from '../errors/errors.js';
import { duplicateKey, nestingDepth } from './json-structure.js';

export {
  base64urlToBytes,
  bytesToBase64url,
  sha256Base64url,
  sha256Hex,
  utf8,
  utf8ToText,
} from './bytes.js';

/** Most bytes of a command as it is submitted, signatures included. */
export const MAX_COMMAND_BYTES = 128 * 1024;

/** Most objects and arrays inside one another. */
export const MAX_DEPTH = 16;

const EXCERPT_LENGTH = 80;
const EXCERPT_LEAD = 20;

/** The code of a text that is no JSON at all: it depends on what the text is part of. */
export type NotJsonCode = Extract<
  ErrorCode,
  'MALFORMED_JWS' | 'SCHEMA_VIOLATION' | 'ANNEX_SCHEMA_VIOLATION'
>;

/**
 * Canonical JSON (RFC 8785) of a value.
 * @throws TypeError naming what JSON cannot express, and where: see {@link canonicalForm}
 */
export function canonicalise(value: unknown): string {
  try {
    return canonicalForm(value);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`JSON cannot express the value: ${reason}`, { cause });
  }
}

/**
 * Parses a text that must be its own canonical form (RFC 8785), so that equal content has one spelling and
 * one digest.
 *
 * Size and depth are judged before anything recursive sees the text.
 * @param field names the text in errors
 * @param notJson the code for a text that is no JSON
 * @throws VeinledgerError COMMAND_TOO_LARGE, TOO_DEEP, DUPLICATE_KEY, NOT_CANONICAL or `notJson`
 */
export function parseCanonical(
  text: string,
  field: string,
  notJson: NotJsonCode = 'SCHEMA_VIOLATION',
): unknown {
  refuseOversized(text, field);
  refuseDeep(text, field);
  const value = parseJson(text, field, notJson);
  const canonical = canonicalFormOf(value, field);
  if (canonical === text) return value;
  const key = duplicateKey(text);
  if (key !== undefined) {
    throw new VeinledgerError('DUPLICATE_KEY', 'an object holds the same key twice', {
      field,
      expected: 'each key once',
      found: excerpt(key, 0),
    });
  }
  const difference = firstDifference(canonical, text);
  throw new VeinledgerError('NOT_CANONICAL', 'the JSON is not in its canonical form (RFC 8785)', {
    field,
    expected: excerpt(canonical, difference),
    found: excerpt(text, difference),
  });
}

function refuseOversized(text: string, field: string): void {
  // a character of UTF-16 takes at most three bytes of UTF-8
  if (text.length * 3 <= MAX_COMMAND_BYTES) return;
  const bytes = text.length > MAX_COMMAND_BYTES ? text.length : utf8(text).length;
  if (bytes <= MAX_COMMAND_BYTES) return;
  throw new VeinledgerError('COMMAND_TOO_LARGE', 'the text is larger than a command may be', {
    field,
    expected: `at most ${MAX_COMMAND_BYTES} bytes`,
    found: text.length > MAX_COMMAND_BYTES ? `at least ${bytes} bytes` : `${bytes} bytes`,
  });
}

function refuseDeep(text: string, field: string): void {
  const depth = nestingDepth(text);
  if (depth <= MAX_DEPTH) return;
  throw new VeinledgerError('TOO_DEEP', 'objects and arrays are nested too deeply', {
    field,
    expected: `at most ${MAX_DEPTH} levels`,
    found: `${depth} levels`,
  });
}

function parseJson(text: string, field: string, notJson: NotJsonCode): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new VeinledgerError(notJson, 'the text is not JSON', {
      field,
      expected: 'JSON (RFC 8259)',
      found: excerpt(text, 0),
    });
  }
}

function canonicalFormOf(value: unknown, field: string): string {
  try {
    return canonicalise(value);
  } catch (error) {
    throw new VeinledgerError('NOT_CANONICAL', 'the JSON has no canonical form (RFC 8785)', {
      field,
      expected: 'numbers that a double holds, well-formed Unicode, and no member named __proto__',
      found: error instanceof Error ? error.message : String(error),
    });
  }
}

function firstDifference(one: string, other: string): number {
  let position = 0;
  while (position < one.length && one[position] === other[position]) position += 1;
  return position;
}

function excerpt(text: string, position: number): string {
  const start = Math.max(0, position - EXCERPT_LEAD);
  return text.slice(start, start + EXCERPT_LENGTH);
}
