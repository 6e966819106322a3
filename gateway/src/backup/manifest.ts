import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '@veinledger/ledger/storage';

/** What a backup lies in while it is made: never restored. */
export const PARTIAL = '.partial';

const MANIFEST = 'manifest.json';

const manifestSchema = z.strictObject({
  format: z.literal('veinledger-backup'),
  v: z.literal(1),
  /** when the backup began, RFC 3339 */
  begun: z.string(),
  /** network id of the consortium root */
  network: z.string(),
  /** the copied chain; left out where the ledger is a network of others */
  ledger: z
    .strictObject({
      channel: z.string(),
      organisation: z.string(),
      height: z.int().min(0),
      headHash: z.string(),
    })
    .optional(),
  /** whether the vault's key is in the backup, encrypted to the configured recipient */
  key: z.enum(['left-out', 'encrypted']),
  files: z.array(
    z.strictObject({
      /** relative, with `/` */
      path: z.string(),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** What a backup holds. */
export type Manifest = z.output<typeof manifestSchema>;
export type ListedFile = Manifest['files'][number];

/** Writes the manifest: with it a backup is complete. */
export function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  return writeDurably(join(directory, MANIFEST), `${JSON.stringify(manifest, undefined, 1)}\n`);
}

/**
 * Reads a backup's manifest.
 * @throws Error when there is none, because the backup was cut short, or it is not one that this version reads
 */
export async function readManifest(directory: string): Promise<Manifest> {
  if (directory.replace(/\/+$/, '').endsWith(PARTIAL)) throw incomplete(directory);
  const text = await readFile(join(directory, MANIFEST), 'utf8').catch((cause: unknown) => {
    throw incomplete(directory, cause);
  });
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${directory}: its ${MANIFEST} is not one of a veinledger backup, version 1`, {
      cause,
    });
  }
}

/** Whether a file is the manifest itself, which it does not list. */
export function isManifest(path: string): boolean {
  return path === MANIFEST;
}

function incomplete(directory: string, cause?: unknown): Error {
  return new Error(`${directory}: the backup is incomplete, it has no ${MANIFEST}`, { cause });
}
