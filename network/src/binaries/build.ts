import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cachedBuildDir } from './cache.js';
import type { Distribution } from './distribution.js';
import { goBuild, goDownload, LONGEST_BUILD_MS, requireGo } from './go.js';
import { inspectPrograms, type Fabric } from './inspect.js';
import { buildArguments, goMod } from './modules.js';
import type { Candidate } from './pinned.js';
import { forgetRefusal, ModuleRefused, rememberedRefusal, rememberRefusal } from './refusal.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Builds one version from Go modules into the cache. Its folder appears in one step when all is there; an
 * interrupted build leaves Go's own caches filled, so the next one goes on from there. A download that the
 * module proxy refused is not asked for again for a day.
 * @throws Error when Go is missing or old, a module cannot be had, or the build fails
 */
export async function buildPrograms(
  distribution: Distribution,
  candidate: Candidate,
  env: Environment,
  log: (line: string) => void,
): Promise<Fabric> {
  const { cgo } = distribution;
  const name = `${distribution.name} ${candidate.calledVersion}`;
  const target = cachedBuildDir(distribution, candidate, env);
  await requireGo(name, candidate.go, cgo, env);
  const refused = await rememberedRefusal(target);
  if (refused !== undefined) throw new Error(`refused at ${refused.at}: ${refused.reason}`);
  await removeAbandoned(target);
  await mkdir(dirname(target), { recursive: true });
  const cwd = await mkdtemp(`${target}${BUILDING}`);
  const task = { name, cwd, cgo, env, log };
  try {
    await writeFile(join(cwd, 'go.mod'), goMod(distribution, candidate));
    await goDownload(`${distribution.module}@${candidate.version}`, task);
    log(`building ${name} from Go modules: one to several minutes, once`);
    await goBuild(buildArguments(distribution, candidate, join(cwd, 'bin')), task);
    await inspectPrograms(distribution, join(cwd, 'bin'), 'built');
    await rename(cwd, target).catch((error: unknown) => {
      // a launcher that built at the same time was first: its build is as good
      if (!isOccupied(error)) throw error;
    });
  } catch (error) {
    if (error instanceof ModuleRefused) await rememberRefusal(target, error.message);
    throw error;
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
  await forgetRefusal(target);
  log(`${name} is built`);
  return inspectPrograms(distribution, join(target, 'bin'), 'built');
}

const BUILDING = '.building-';

/** Removes what builds left that were killed. */
async function removeAbandoned(target: string): Promise<void> {
  const folder = dirname(target);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(`${basename(target)}${BUILDING}`))) {
    const path = join(folder, name);
    const begun = await stat(path).catch(() => undefined);
    if (begun !== undefined && Date.now() - begun.mtimeMs > LONGEST_BUILD_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

function isOccupied(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
}
