import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { goBuild, requireGo } from './go.js';
import { inspectFabric, type Fabric } from './inspect.js';
import { buildArguments, BUILT_VERSION, goMod } from './modules.js';

/**
 * Builds Fabric from Go modules into a folder. The folder appears in one step when all is there; an
 * interrupted build leaves Go's own caches filled, so the next one goes on from there.
 * @throws Error when Go is missing or old, a module cannot be had, or the build fails
 */
export async function buildFabric(
  target: string,
  env: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): Promise<Fabric> {
  await requireGo(env);
  const { version, commit } = BUILT_VERSION;
  log(
    `building Fabric ${version} (commit ${commit}) from Go modules: one to several minutes, once`,
  );
  await mkdir(dirname(target), { recursive: true });
  const workDir = await mkdtemp(`${target}.building-`);
  try {
    await writeFile(join(workDir, 'go.mod'), goMod());
    await goBuild(buildArguments(join(workDir, 'bin')), workDir, env, log);
    await inspectFabric(join(workDir, 'bin'), 'built');
    await rename(workDir, target).catch((error: unknown) => {
      // a launcher that built at the same time was first: its build is as good
      if (!isOccupied(error)) throw error;
    });
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  log('Fabric is built');
  return inspectFabric(join(target, 'bin'), 'built');
}

function isOccupied(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
}
