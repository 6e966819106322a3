import { readFile } from 'node:fs/promises';
import { type ConsortiumRoot, readConsortiumRoot } from '@veinledger/domain';

/** @throws Error naming the file when it is no consortium root */
export async function readRoot(file: string): Promise<ConsortiumRoot> {
  try {
    return readConsortiumRoot(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new Error(`root: ${file} is no consortium root`, { cause });
  }
}
