import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { run } from './program.js';

const RELEASE = fileURLToPath(new URL('../../../scripts/dist/release.js', import.meta.url));

/** Makes a release as `npm run release` does, and gives the archive's file name. */
export async function makeReleaseIn(folder: string): Promise<string> {
  await run(process.execPath, [RELEASE, '--to', folder]);
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tar.gz'));
  if (archive === undefined) throw new Error(`expected an archive in ${folder}`);
  return archive;
}
