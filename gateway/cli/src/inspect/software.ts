import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const manifest = z.looseObject({ name: z.string(), version: z.string() });

/** The command line that made a pack, and the Node that ran it. */
export async function softwareOf(): Promise<string> {
  const file = new URL('../../package.json', import.meta.url);
  const { name, version } = manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  return `${name} ${version}, Node ${process.version}`;
}
