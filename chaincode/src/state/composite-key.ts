import { type KeyParts, VeinledgerError } from '@veinledger/domain';

const SEPARATOR = '\u0000';

/** Fabric's ranges over the keys with a prefix end with it. */
const LAST_CHARACTER = '\u{10FFFF}';

/**
 * Fabric's composite key: a zero byte, then each part ended by a zero byte, so that a prefix of parts is a
 * prefix of the text.
 * @throws VeinledgerError SCHEMA_VIOLATION for a part with a character that Fabric reserves: it would be two parts
 */
export function compositeKey(parts: KeyParts): string {
  const wrong = parts.find((part) => part.includes(SEPARATOR) || part.includes(LAST_CHARACTER));
  if (wrong !== undefined) {
    throw new VeinledgerError('SCHEMA_VIOLATION', 'no key has such a part', {
      field: 'key',
      expected: 'a text without U+0000 and U+10FFFF',
      found: JSON.stringify(wrong).slice(0, 80),
    });
  }
  return `${SEPARATOR}${parts.join(SEPARATOR)}${SEPARATOR}`;
}
