import { Refusal } from './refusal.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * UTF-8 bytes as text. Blocks hold text only: other bytes would be read back as something else.
 * Throws a {@link Refusal} that names the field.
 */
export function decodeText(field: string, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new Refusal(`${field}: expected UTF-8 text, found other bytes`, { cause });
  }
}

/** Throws a {@link Refusal} when a string has no UTF-8 form, because a surrogate stands alone in it. */
export function requireText(field: string, text: string): string {
  if (Buffer.from(text, 'utf8').toString('utf8') !== text) {
    throw new Refusal(`${field}: expected UTF-8 text, found a lone surrogate`);
  }
  return text;
}
