import { hkdfSync } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateHybridIdentity } from 'age-encryption';
import { openPrivateFolder, writeDurably } from '@veinledger/ledger/storage';

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
  await openPrivateFolder(directory);
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

/** A key of 32 bytes for one purpose, of the vault's own key by HKDF-SHA-256 (RFC 5869): in no backup in the clear. */
export function keyFor(purpose: string, identity: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', identity, '', `veinledger gateway v1: ${purpose}`, 32));
}
