import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type ConsortiumRoot, readConsortiumRoot } from '@veinledger/domain';

/**
 * Reads the root that the members agreed on.
 * @throws Error when there is no such file, or it is no root
 */
export async function readRootFile(file: string): Promise<ConsortiumRoot> {
  requireThere(file, '--root');
  return readConsortiumRoot(JSON.parse(await readFile(file, 'utf8')));
}

/** @throws Error naming the option, when there is nothing */
export function requireThere(path: string, option: string): void {
  if (!existsSync(path)) throw new Error(`${option}: expected a file or folder, found no ${path}`);
}
