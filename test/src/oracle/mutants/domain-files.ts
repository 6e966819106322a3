import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutant.js';

/** Where the domain's compiled files begin. */
export const DOMAIN = new URL('./', import.meta.resolve('@veinledger/domain'));

/** The address of the file that a mutant changes. */
export function addressOf({ file }: Mutant): string {
  return new URL(file, DOMAIN).href;
}

/**
 * The text of the file that a mutant changes, changed.
 * @throws Error unless what it looks for stands there once
 */
export function mutatedText(mutant: Mutant): string {
  const text = readFileSync(fileURLToPath(addressOf(mutant)), 'utf8');
  const parts = text.split(mutant.find);
  if (parts.length === 2) return parts.join(mutant.replace);
  const { id, file, find } = mutant;
  throw new Error(`${id}: expected once in ${file}, found ${parts.length - 1} times: ${find}`);
}
