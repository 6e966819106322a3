import { randomInt } from 'node:crypto';

const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 12;

/** A pseudonym that says nothing of whom it stands for, and that nobody has: 58 bits. */
export function newPseudonym(): string {
  const characters = Array.from({ length: LENGTH }, () =>
    ALPHABET.charAt(randomInt(ALPHABET.length)),
  );
  return `p-${characters.join('')}`;
}
