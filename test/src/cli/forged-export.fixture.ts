import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyIds, type PublicKeys, toJwks } from '@veinledger/chaincode/domain';

/** A command as an export's manifest names it. */
export interface Exported {
  readonly id: string;
  readonly jws: string;
  readonly receipt: string;
  readonly keys?: string;
}

interface Manifest {
  readonly commands: readonly Exported[];
  readonly evidence: readonly Exported[];
  readonly files: readonly { path: string; bytes: number; sha256: string }[];
}

export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
}

/** Changes a file of an export, and makes the manifest say that it was so from the beginning. */
export async function forge(
  folder: string,
  file: string,
  change: (text: string) => string | Promise<string>,
): Promise<void> {
  const changed = await change(await readFile(join(folder, file), 'utf8'));
  await writeFile(join(folder, file), changed);
  const manifest = await readManifest(folder);
  for (const named of manifest.files) {
    if (named.path !== file) continue;
    named.bytes = Buffer.byteLength(changed);
    named.sha256 = createHash('sha256').update(changed).digest('hex');
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

/** Public keys as an export shows them. */
export function jwksOf(keys: PublicKeys) {
  const [jwks, kids] = [toJwks(keys), keyIds(keys)];
  return {
    keys: [
      { ...jwks.ed25519, alg: 'EdDSA', use: 'sig', kid: kids.ed25519 },
      { ...jwks.mlDsa65, use: 'sig', kid: kids.mlDsa65 },
    ],
  };
}
