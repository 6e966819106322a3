import { randomInt } from 'node:crypto';

/** So many characters of an alphabet, each by chance and by itself. */
export function randomCharacters(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
