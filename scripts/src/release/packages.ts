import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readWorkspaces, REPOSITORY } from './workspaces.js';

const run = promisify(execFile);

/**
 * Packs the workspaces that may be published, as npm would publish them.
 * @returns the names of those packed
 */
export async function packPackages(into: string): Promise<readonly string[]> {
  const { workspaces } = await readWorkspaces();
  const published = workspaces.filter((each) => !each.private).map(({ name }) => name);
  if (published.length === 0) return [];
  const chosen = published.flatMap((name) => ['--workspace', name]);
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', into, ...chosen], {
    cwd: REPOSITORY,
  });
  return published;
}
