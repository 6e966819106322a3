import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Only its owner may read what the gateway keeps. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;
const OTHERS = 0o077;

/** Takes from every file that this process makes what others than its owner might do with it. */
export function keepFilesPrivate(): void {
  process.umask(OTHERS);
}

/**
 * Makes a folder that only its owner enters, or closes one that is there to all others.
 * @throws Error naming the folder where it belongs to another user
 */
export async function openPrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  const { mode } = await stat(folder);
  if ((mode & OTHERS) === 0) return;
  try {
    await chmod(folder, PRIVATE_FOLDER);
  } catch (cause) {
    const found = (mode & 0o777).toString(8);
    throw new Error(`${folder}: expected a folder for its owner only (700), found ${found}`, {
      cause,
    });
  }
}

/** Replaces a file so that a crash leaves the old content or the new one, and returns once it is on disk. */
export async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', PRIVATE_FILE);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

/** Makes the names in a folder durable. */
export function syncFolder(folder: string): Promise<void> {
  return sync(folder);
}

/** Makes a folder durable with all files in it, which has no folders in it. */
export async function syncFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await sync(join(folder, name));
  await syncFolder(folder);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The content of a file; undefined when there is no such file. */
export async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    const missing = typeof error === 'object' && error !== null && 'code' in error;
    if (missing && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
