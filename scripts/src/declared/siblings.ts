import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { z } from 'zod';
import { readWorkspaces, REPOSITORY } from '../release/workspaces.js';

const manifest = z.looseObject({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/** The root's own sources. */
const SOURCES = ['scripts/src', 'test/src'];

/** The packages that a source imports, by their names. */
export function packagesIn(source: string): readonly string[] {
  return ts
    .preProcessFile(source)
    .importedFiles.map(({ fileName }) => /^(?:@[^/]+\/)?[^/.#][^/]*/.exec(fileName)?.[0] ?? '')
    .filter((name) => name !== '');
}

/** What a package.json says of siblings, held against what is imported of them; one line for each difference. */
export function differences(
  siblings: ReadonlySet<string>,
  named: ReadonlySet<string>,
  imported: ReadonlySet<string>,
): readonly string[] {
  return [...siblings].sort().flatMap((sibling) => {
    if (named.has(sibling) === imported.has(sibling)) return [];
    return imported.has(sibling)
      ? [`package.json: expected ${sibling}, which is imported, found nothing of it`]
      : [`package.json: expected nothing of ${sibling}, which nothing imports, found it named`];
  });
}

/**
 * The root's package.json held against the imports of its sources. A workspace's is held by knip, which takes it for
 * granted that the root sees every workspace.
 */
export async function undeclaredSiblings(): Promise<readonly string[]> {
  const { workspaces } = await readWorkspaces();
  const text = await readFile(join(REPOSITORY, 'package.json'), 'utf8');
  const { dependencies, devDependencies } = manifest.parse(JSON.parse(text));
  const imported = new Set<string>();
  for (const folder of SOURCES) {
    const files = await readdir(join(REPOSITORY, folder), { recursive: true });
    for (const file of files.filter((each) => each.endsWith('.ts'))) {
      const source = await readFile(join(REPOSITORY, folder, file), 'utf8');
      for (const name of packagesIn(source)) imported.add(name);
    }
  }
  const named = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  return differences(new Set(workspaces.map(({ name }) => name)), named, imported);
}
