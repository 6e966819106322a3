import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** The repository. */
export const REPOSITORY = resolve(import.meta.dirname, '../../..');

const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  private: z.boolean().default(false),
  bin: z.record(z.string(), z.string()).default({}),
});

const root = manifest.extend({ workspaces: z.array(z.string()) });

/** A workspace as its package.json has it. */
export interface Workspace extends z.output<typeof manifest> {
  /** below the repository */
  readonly folder: string;
}

/** The repository's name and version, and its workspaces. */
export async function readWorkspaces(): Promise<{
  readonly version: string;
  readonly workspaces: readonly Workspace[];
}> {
  const { version, workspaces } = root.parse(await readManifest('.'));
  const all = workspaces.map(async (folder) => ({
    ...manifest.parse(await readManifest(folder)),
    folder,
  }));
  return { version, workspaces: await Promise.all(all) };
}

async function readManifest(folder: string): Promise<unknown> {
  return JSON.parse(await readFile(join(REPOSITORY, folder, 'package.json'), 'utf8'));
}
