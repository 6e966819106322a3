import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateHybridIdentity } from 'age-encryption';
import { PRIVATE_FOLDER, writeDurably } from './durable-file.js';

const IDENTITY_FILE = 'identity.txt';

/** Where a vault keeps its key. */
export function identityFileOf(directory: string): string {
  return join(directory, IDENTITY_FILE);
}

/**
 * The vault's own key, an age identity of the hybrid kind (ML-KEM-768 with X25519); made at the vault's first start,
 * readable by its owner only.
 * @throws Error when the vault holds annexes but no key: a new key would open none of them
 */
export async function openVaultIdentity(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: PRIVATE_FOLDER });
  const file = identityFileOf(directory);
  const files = await readdir(directory);
  if (files.includes(IDENTITY_FILE)) return (await readFile(file, 'utf8')).trim();
  if (files.some((each) => each.endsWith('.age'))) {
    throw new Error(`vault ${directory}: expected ${IDENTITY_FILE} beside the annexes, found none`);
  }
  const identity = await generateHybridIdentity();
  await writeDurably(file, `${identity}\n`);
  return identity;
}
