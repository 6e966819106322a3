import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '@veinledger/ledger/storage';
import type { ListedFile } from './manifest.js';

const CHUNK_BYTES = 1024 * 1024;

/** The files below a folder, relative to it, in order; none where there is no such folder. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(ignoreGone);
  return (entries ?? [])
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Copies a file that may be replaced, whole, at any time; tells whether it was still there. */
export async function copyIfThere(from: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true, mode: PRIVATE_FOLDER });
  const copied = (await copyFile(from, to).then(() => true, ignoreGone)) ?? false;
  // a copy has the mode of what it was copied from
  if (copied) await chmod(to, PRIVATE_FILE);
  return copied;
}

/** Puts a file on disk for good, and says what it is. */
export async function listFile(folder: string, path: string): Promise<ListedFile> {
  const handle = await open(join(folder, path), 'r');
  try {
    await handle.sync();
    const hash = createHash('sha256');
    const buffer = Buffer.alloc(CHUNK_BYTES);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, bytes);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
    return { path: path.split(sep).join('/'), bytes, sha256: hash.digest('hex') };
  } finally {
    await handle.close();
  }
}

function ignoreGone(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
