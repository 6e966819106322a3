import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { sha256Base64url } from '@veinledger/domain';
import type { FileDescription } from '../journey/index.js';

/** What a file's annex says of it; the file is read as a stream. */
export async function describe(file: string, format: string): Promise<FileDescription> {
  return { sha256: await sha256OfFile(file), bytes: (await stat(file)).size, format };
}

/**
 * Opens a commitment: the annex's text must have the digest that stands on the ledger, and what it says of
 * the file must be true of the file itself.
 */
export async function openCommitment(
  file: string,
  commitment: string,
  annexText: string,
): Promise<{ readonly matches: boolean; readonly line: string }> {
  const { content } = JSON.parse(annexText) as { content: FileDescription };
  const found = await sha256OfFile(file);
  const matches = sha256Base64url(annexText) === commitment && content.sha256 === found;
  const verdict = matches ? 'matches' : 'DOES NOT MATCH';
  return {
    matches,
    line: `${basename(file)}: SHA-256 ${found} ${verdict} commitment ${commitment}`,
  };
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
