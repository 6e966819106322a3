import { randomCharacters } from './random-characters.js';

const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 12;

/** A pseudonym that says nothing of whom it stands for, and that nobody has: 58 bits. */
export function newPseudonym(): string {
  return `p-${randomCharacters(ALPHABET, LENGTH)}`;
}
