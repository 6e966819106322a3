import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ConsortiumRoot } from '@veinledger/domain';
import { Encrypter } from 'age-encryption';
import type { SubmissionJournal } from '../journal/journal.js';
import { isOwnLedger, type Ledger } from '@veinledger/ledger';
import type { GatewayState } from '../state/gateway-state.js';
import {
  openPrivateFolder,
  PRIVATE_FOLDER,
  syncFolder,
  writeDurably,
} from '@veinledger/ledger/storage';
import { identityFileOf } from '../vault/vault-identity.js';
import { copyIfThere, filesBelow, listFile } from './files.js';
import { type ListedFile, type Manifest, PARTIAL, writeManifest } from './manifest.js';

/** What a gateway backs up. */
export interface BackupParts {
  readonly ledger: Ledger;
  readonly root: ConsortiumRoot;
  readonly journal: SubmissionJournal;
  readonly state: GatewayState;
  /** the vault's folder */
  readonly vault: string;
  readonly keystore?: string | undefined;
  /** an age recipient to whom the vault's key is encrypted; left out, the key is not in the backup */
  readonly recipient?: string | undefined;
}

export interface BackupOptions {
  readonly signal?: AbortSignal | undefined;
  /** told which part is being copied */
  readonly onProgress?: ((part: BackupPart) => void) | undefined;
}

export type BackupPart = 'state' | 'ledger' | 'vault' | 'keystore' | 'journal' | 'digests';

const ANNEX = /\.age(?:\.pending)?$/;

/**
 * Backs a running gateway up into a new directory. The state is copied before the ledger: no place in the ledger that it
 * remembers lies beyond the copy's end. The vault is copied after it: every annex of its commands is then in the vault's
 * copy, and the vault may hold more. The directory appears under its name when the backup is complete.
 * @throws the signal's reason, or Error when the directory is there or cannot be written; nothing is left behind then
 */
export async function backUp(
  parts: BackupParts,
  directory: string,
  { signal, onProgress }: BackupOptions = {},
): Promise<Manifest> {
  const begun = new Date().toISOString();
  const partial = directory + PARTIAL;
  await openPrivateFolder(dirname(directory));
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: PRIVATE_FOLDER });
  try {
    const { ledger, root, state, journal, recipient } = parts;
    onProgress?.('state');
    await state.copyTo(join(partial, 'state'), signal);
    onProgress?.('ledger');
    const chain = isOwnLedger(ledger)
      ? await ledger.copyTo(join(partial, 'ledger'), signal)
      : undefined;
    onProgress?.('vault');
    await copyFolder(parts.vault, join(partial, 'vault'), (file) => ANNEX.test(file), signal);
    onProgress?.('keystore');
    await copyFolder(
      parts.keystore,
      join(partial, 'keystore'),
      (file) => !file.endsWith('.tmp'),
      signal,
    );
    onProgress?.('journal');
    await writeDurably(join(partial, 'submissions.jsonl'), journal.unsettledText());
    await writeDurably(join(partial, 'root.json'), `${JSON.stringify(root, undefined, 2)}\n`);
    if (recipient !== undefined) await copyKey(parts.vault, partial, recipient);
    onProgress?.('digests');
    const manifest: Manifest = {
      format: 'veinledger-backup',
      v: 1,
      begun,
      network: root.network,
      ...(chain === undefined ? {} : { ledger: chain }),
      key: recipient === undefined ? 'left-out' : 'encrypted',
      files: await listFiles(partial, signal),
    };
    await writeManifest(partial, manifest);
    await rename(partial, directory);
    await syncFolder(dirname(directory));
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

async function copyFolder(
  from: string | undefined,
  to: string,
  wanted: (file: string) => boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (from === undefined) return;
  for (const file of await filesBelow(from)) {
    signal?.throwIfAborted();
    if (wanted(file)) await copyIfThere(join(from, file), join(to, file));
  }
}

/** The vault's key opens every annex: whoever holds the backup alone must not. */
async function copyKey(vault: string, partial: string, recipient: string): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const sealed = await encrypter.encrypt(await readFile(identityFileOf(vault), 'utf8'));
  await writeDurably(join(partial, 'vault-key.age'), sealed);
}

async function listFiles(folder: string, signal: AbortSignal | undefined): Promise<ListedFile[]> {
  const listed: ListedFile[] = [];
  for (const file of await filesBelow(folder)) {
    signal?.throwIfAborted();
    listed.push(await listFile(folder, file));
  }
  return listed;
}
