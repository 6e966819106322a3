import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { NetworkError } from '../errors.js';

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex');

/** `code.json` in a chaincode package: what members approve. */
export const chaincodeCodeSchema = z.strictObject({
  /** SHA-256 of the bundle, hex */
  bundle: digest,
  /** `process.version` of the chaincode's runtime */
  node: z.string().regex(/^v\d+\.\d+\.\d+$/, 'expected vMAJOR.MINOR.PATCH'),
  /** SHA-256 of the consortium root's file, hex */
  root: digest,
});

/** Which code runs, on which Node, for which consortium. */
export type ChaincodeCode = z.infer<typeof chaincodeCodeSchema>;

/**
 * What a bundle is on this Node for a consortium.
 * @throws NetworkError FILE_MISSING when the root cannot be read
 */
export async function describeCode(bundle: Uint8Array, rootFile: string): Promise<ChaincodeCode> {
  const root = await readNamed(rootFile, 'the consortium root');
  return { bundle: sha256(bundle), node: process.version, root: sha256(root) };
}

/**
 * Reads a file that must be there.
 * @throws NetworkError FILE_MISSING naming it
 */
export async function readNamed(file: string, what: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new NetworkError('FILE_MISSING', `${what} ${file} cannot be read`, { cause });
  }
}

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
