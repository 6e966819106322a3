import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../durable-file.js';
import type { ClientIdentity } from './identity.js';

/** The label of the identity that carries patients' commands. */
export const RELAY_LABEL = 'relay';

/** An identity under the name by which its organisation knows it: a role, or `relay`. */
export interface WalletEntry {
  readonly label: string;
  readonly identity: ClientIdentity;
}

/** The client identities of one or several organisations. */
export interface Wallet {
  readonly entries: readonly WalletEntry[];
  /** @throws Error when the wallet holds no such identity */
  get(mspId: string, label: string): ClientIdentity;
}

const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * Writes identities as `<dir>/<mspId>/<label>/cert.pem` and `key.pem`, which only its owner may read.
 * An identity of the same name is replaced, file by file in one step each: who reads between the two finds
 * a key that does not fit, and reads again.
 * @throws Error when an MSP id or a label is no plain file name
 */
export async function writeWallet(dir: string, entries: readonly WalletEntry[]): Promise<void> {
  for (const { label, identity } of entries) {
    for (const name of [identity.mspId, label]) {
      if (!SAFE_NAME.test(name)) throw new Error(`expected a plain file name, found '${name}'`);
    }
    const folder = join(dir, identity.mspId, label);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    writeDurably(join(folder, 'key.pem'), identity.privateKey, 0o600);
    writeDurably(join(folder, 'cert.pem'), identity.certificate);
  }
}

/**
 * Reads every identity that {@link writeWallet} wrote into a folder.
 * @throws Error when the folder or a file of an identity cannot be read
 */
export async function readWallet(dir: string): Promise<Wallet> {
  const entries: WalletEntry[] = [];
  for (const mspId of await folders(dir)) {
    for (const label of await folders(join(dir, mspId))) {
      const folder = join(dir, mspId, label);
      const certificate = await readFile(join(folder, 'cert.pem'), 'utf8');
      const privateKey = await readFile(join(folder, 'key.pem'), 'utf8');
      entries.push({ label, identity: { mspId, certificate, privateKey } });
    }
  }
  return {
    entries,
    get(mspId, label) {
      const found = entries.find(
        (entry) => entry.identity.mspId === mspId && entry.label === label,
      );
      if (found !== undefined) return found.identity;
      const labels = entries.filter((entry) => entry.identity.mspId === mspId);
      const held = labels.map((entry) => entry.label).join(', ') || 'nothing';
      throw new Error(`wallet ${dir}: expected ${mspId}/${label}, found ${held} of ${mspId}`);
    },
  };
}

async function folders(dir: string): Promise<string[]> {
  const children = await readdir(dir, { withFileTypes: true });
  return children
    .filter((child) => child.isDirectory())
    .map((child) => child.name)
    .sort();
}
