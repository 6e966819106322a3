import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Replaces a file in one step, so that neither a reader nor a crash meets half of it, and returns once it is on disk.
 * @param mode of a file that is made
 */
export function writeDurably(file: string, text: string, mode = 0o644): void {
  const coming = `${file}.new`;
  const handle = openSync(coming, 'w', mode);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(coming, file);
  syncFolder(dirname(file));
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
