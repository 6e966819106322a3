/** A digest in base64url (RFC 4648 section 5) that begins with a hyphen, as one in 64 does. */
const HYPHENED = /^-[A-Za-z0-9_-]{42}$/u;
const MARK = 'digest ';

/** The words of a command line, marked where a reader of options would take a digest for one. */
export function markHyphened(words: readonly string[]): readonly string[] {
  return words.map((word) => (HYPHENED.test(word) ? `${MARK}${word}` : word));
}

/** A word, or words, as they were typed. */
export function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  return typeof value === 'string' && value.startsWith(`${MARK}-`)
    ? value.slice(MARK.length)
    : value;
}
