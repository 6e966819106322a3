import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/** Where a file of the data for tests lies: below the folder that VEINLEDGER_SHARED_DATA names, else `../shared/data`. */
export function sharedData(path: string): string {
  return resolve(REPOSITORY, process.env['VEINLEDGER_SHARED_DATA'] ?? '../shared/data', path);
}

/**
 * A file of the official test vectors, which are no part of this repository: they lie in `vectors` below
 * the folder that VEINLEDGER_SHARED_DATA names, else below `../shared/data`.
 * @throws the file system's error when the file is not there
 */
export function officialVector(path: string): Buffer {
  return readFileSync(resolve(sharedData('vectors'), path));
}
