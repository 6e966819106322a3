import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyIds, type PublicKeys, toJwks } from '@veinledger/domain';

/** A command as an export's manifest names it. */
export interface Exported {
  readonly id: string;
  readonly jws: string;
  readonly receipt: string;
  readonly keys?: string;
}

interface Manifest {
  commands: readonly Exported[];
  readonly evidence: readonly Exported[];
  files: readonly { path: string; bytes: number; sha256: string }[];
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
  await forgeManifest(folder, (manifest) => {
    manifest.files = manifest.files.map((each) =>
      each.path === file ? named(file, changed) : each,
    );
  });
}

/** Adds a file to an export, as if it had been there from the beginning. */
export async function forgeFile(folder: string, file: string, text: string): Promise<void> {
  await writeFile(join(folder, file), text);
  await forgeManifest(folder, (manifest) => {
    manifest.files = [...manifest.files, named(file, text)];
  });
}

/** Changes what the manifest says, in the form that an export has it. */
export async function forgeManifest(
  folder: string,
  change: (manifest: Manifest) => void,
): Promise<void> {
  const manifest = await readManifest(folder);
  change(manifest);
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  await writeFile(join(folder, 'manifest.json'), text);
}

function named(path: string, text: string): Manifest['files'][number] {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { path, bytes: Buffer.byteLength(text), sha256 };
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
