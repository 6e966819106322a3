import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SealedAnnex } from '@veinledger/client/node';

/**
 * Keeps what opens a commitment, for its owner only, in a file that is named by the commitment.
 * @returns the file
 */
export async function keepOpening(
  directory: string,
  { text, digest }: SealedAnnex,
): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, `${digest}.json`);
  await writeFile(file, text, { mode: 0o600, flush: true });
  return file;
}
