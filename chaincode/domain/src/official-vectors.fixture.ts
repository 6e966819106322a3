import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/**
 * A file of the official test vectors, which are no part of this repository: they lie in `vectors` below
 * the folder that VEINLEDGER_SHARED_DATA names, else below `../shared/data`.
 * @throws the file system's error when the file is not there
 */
export function officialVector(path: string): Buffer {
  const folder = process.env['VEINLEDGER_SHARED_DATA'] ?? '../shared/data';
  return readFileSync(resolve(REPOSITORY, folder, 'vectors', path));
}
