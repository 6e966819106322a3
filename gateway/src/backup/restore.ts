import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Decrypter } from 'age-encryption';
import { examineLedger } from '@veinledger/ledger/embedded/examine';
import { VEINLEDGER_FILES } from '@veinledger/ledger/embedded/veinledger-files';
import { GATEWAY_STATE } from '../state/state-format.js';
import { AnnexVault } from '../vault/annex-vault.js';
import {
  type DatabaseKind,
  HeldDatabase,
  openPrivateFolder,
  PRIVATE_FOLDER,
  syncFolder,
  writeDurably,
} from '@veinledger/ledger/storage';
import { identityFileOf } from '../vault/vault-identity.js';
import { copyIfThere, filesBelow, listFile } from './files.js';
import { isManifest, type Manifest, readManifest } from './manifest.js';

/** Which backup goes where, and what opens the vault's key. */
export interface RestoreRequest {
  /** a backup's directory */
  readonly from: string;
  /** a gateway's home: `ledger`, `vault` and `keystore` are made in it */
  readonly to: string;
  /** the file of the age identity to which the backup's key is encrypted */
  readonly recipientKey?: string | undefined;
  /** the file of the vault's own key, kept elsewhere */
  readonly vaultKey?: string | undefined;
}

/** What was restored. */
export interface Restored {
  readonly manifest: Manifest;
  /** whether the vault's key is in its place; without it the gateway does not start */
  readonly key: boolean;
}

const FOLDERS = ['ledger', 'vault', 'keystore'] as const;

/**
 * Where each file of a backup lies in a gateway's home; undefined for what is not restored as it is. The journal is of
 * use where the ledger is a network's: what a copied chain does not hold can never come, what it holds is found there.
 */
function placeOf(path: string, { ledger }: Manifest): string | undefined {
  if (path.startsWith('state/')) return join('vault', path);
  if (path === 'submissions.jsonl') return ledger === undefined ? join('vault', path) : undefined;
  return FOLDERS.some((folder) => path.startsWith(`${folder}/`)) ? path : undefined;
}

/**
 * Restores a complete backup into a home where there is nothing yet. Every digest, the chain of blocks and the key are
 * checked before anything takes its place; what an earlier version backed up is brought to this version's formats.
 * @throws Error when the backup is incomplete or altered, the chain is broken, the key is another vault's, or there is
 *   something already
 */
export async function restore(request: RestoreRequest): Promise<Restored> {
  const { from, to } = request;
  const manifest = await readManifest(from);
  await requireUnaltered(from, manifest);
  await mkdir(to, { recursive: true, mode: PRIVATE_FOLDER });
  for (const folder of FOLDERS) await requireEmpty(join(to, folder));
  const staging = await mkdtemp(join(to, '.restoring-'));
  try {
    for (const { path } of manifest.files) {
      const place = placeOf(path, manifest);
      if (place === undefined) continue;
      await copyIfThere(join(from, path), join(staging, place));
      await listFile(staging, place);
    }
    await takeAlong(VEINLEDGER_FILES, join(staging, 'ledger'));
    await takeAlong(GATEWAY_STATE, join(staging, 'vault', 'state'));
    await requireChain(join(staging, 'ledger'), manifest);
    const key = await placeKey(request, join(staging, 'vault'), manifest);
    for (const folder of FOLDERS) await moveInto(join(staging, folder), join(to, folder));
    await placeRoot(from, to);
    await syncFolder(to);
    return { manifest, key };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function requireUnaltered(from: string, { files }: Manifest): Promise<void> {
  const found = new Set((await filesBelow(from)).filter((path) => !isManifest(path)));
  for (const { path, sha256 } of files) {
    if (!found.delete(path)) throw new Error(`${from}: ${path} is missing`);
    const listed = await listFile(from, path);
    if (listed.sha256 !== sha256) throw new Error(`${from}: ${path} is not what was backed up`);
  }
  const [more] = found;
  if (more !== undefined) throw new Error(`${from}: ${more} is not of this backup`);
}

async function requireEmpty(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  if ((await readdir(folder)).length > 0) {
    throw new Error(`${folder}: expected nothing there, found files`);
  }
}

/** The backup itself is the copy of what was before. */
async function takeAlong(kind: DatabaseKind, folder: string): Promise<void> {
  const held = await HeldDatabase.take(kind, folder);
  try {
    await held?.takeSteps(() => undefined);
  } finally {
    await held?.release();
  }
}

async function requireChain(folder: string, { ledger }: Manifest): Promise<void> {
  if (ledger === undefined) return;
  const { verification, height, headHash } = await examineLedger(folder);
  if (!verification.intact) {
    const { brokenBlock, reason, key = '' } = verification;
    throw new Error(`the ledger: block ${brokenBlock}: ${reason} ${key}`.trimEnd());
  }
  if (height !== ledger.height || headHash !== ledger.headHash) {
    throw new Error(`the ledger: expected ${ledger.height} blocks up to ${ledger.headHash}`);
  }
}

async function placeKey(
  { from, recipientKey, vaultKey }: RestoreRequest,
  vault: string,
  manifest: Manifest,
): Promise<boolean> {
  const key = await readKey(from, recipientKey, vaultKey, manifest);
  if (key === undefined) return false;
  await openPrivateFolder(vault);
  await writeDurably(identityFileOf(vault), `${key.trim()}\n`);
  const annex = (await readdir(vault)).find((file) => file.endsWith('.age'));
  if (annex === undefined) return true;
  const opened = await AnnexVault.open(vault);
  await opened.find(annex.slice(0, -'.age'.length)).catch((cause: unknown) => {
    throw new Error('the key opens none of the annexes: it is of another vault', { cause });
  });
  return true;
}

async function readKey(
  from: string,
  recipientKey: string | undefined,
  vaultKey: string | undefined,
  manifest: Manifest,
): Promise<string | undefined> {
  if (vaultKey !== undefined) return readFile(vaultKey, 'utf8');
  if (recipientKey === undefined) return undefined;
  if (manifest.key === 'left-out')
    throw new Error(`${from}: the vault's key is not in this backup`);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identityIn(await readFile(recipientKey, 'utf8')));
  const sealed = await readFile(join(from, 'vault-key.age'));
  return decrypter.decrypt(sealed, 'text').catch((cause: unknown) => {
    throw new Error(`${recipientKey} does not open the key in this backup`, { cause });
  });
}

/** An identity file as age-keygen writes it: comments, and one line that is the identity. */
function identityIn(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('#')) ?? '';
}

async function moveInto(staged: string, place: string): Promise<void> {
  if (!existsSync(staged)) return;
  await rm(place, { recursive: true, force: true });
  await rename(staged, place);
}

/** The consortium root is public, and the same for every gateway of the network. */
async function placeRoot(from: string, to: string): Promise<void> {
  const place = join(to, 'consortium', 'root.json');
  if (existsSync(place)) return;
  await copyIfThere(join(from, 'root.json'), place);
  await syncFolder(dirname(place));
}
