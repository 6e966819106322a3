import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { buildPrograms } from './build.js';
import { cachedBuildDir } from './cache.js';
import { FABRIC, FABRIC_CA, type Distribution } from './distribution.js';
import { inspectPrograms, type Fabric, type FabricSource } from './inspect.js';
import { rememberedRefusal } from './refusal.js';
import type { Candidate } from './pinned.js';

/** Why one source has no programs that can be used. */
export interface FabricFailure {
  readonly source: FabricSource;
  /** the version that was looked for, where the source has several */
  readonly version?: string;
  readonly reason: string;
}

export type FabricSearch =
  | {
      readonly found: true;
      readonly fabric: Fabric;
      /** the sources that come before it, and why none of them is used */
      readonly passed: readonly FabricFailure[];
    }
  | { readonly found: false; readonly failures: readonly FabricFailure[] };

export interface FindFabricOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** whether to build when nothing is found; true when left out */
  readonly build?: boolean;
  /** called with a line of progress while building */
  readonly log?: (line: string) => void;
}

/**
 * Looks for Fabric in FABRIC_BIN, PATH and the cache, in this order, and builds it when none has a
 * supported version; in the cache and among builds the newest version comes first. Never throws: each
 * source that fails is told with its reason.
 */
export async function findFabric(options: FindFabricOptions = {}): Promise<FabricSearch> {
  return findPrograms(FABRIC, options);
}

/** Looks for the programs of Fabric CA as {@link findFabric} does, in FABRIC_CA_BIN first. */
export async function findFabricCa(options: FindFabricOptions = {}): Promise<FabricSearch> {
  return findPrograms(FABRIC_CA, options);
}

interface Source {
  readonly source: FabricSource;
  readonly version?: string;
  readonly look: () => Promise<Fabric>;
}

/** {@link findFabric} for one distribution. */
export async function findPrograms(
  distribution: Distribution,
  options: FindFabricOptions = {},
): Promise<FabricSearch> {
  const failures: FabricFailure[] = [];
  for (const { look, ...source } of sourcesOf(distribution, options)) {
    try {
      return { found: true, fabric: await look(), passed: failures };
    } catch (error) {
      failures.push({ ...source, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { found: false, failures };
}

function sourcesOf(distribution: Distribution, options: FindFabricOptions): Source[] {
  const { env = process.env, build = true, log = () => undefined } = options;
  const each = (
    source: 'cache' | 'built',
    look: (candidate: Candidate) => Promise<Fabric>,
  ): Source[] =>
    distribution.candidates.map((candidate) => ({
      source,
      version: candidate.calledVersion,
      look: () => look(candidate),
    }));
  return [
    ...distribution.variables.map((variable) => ({
      source: variable as FabricSource,
      look: () => fromVariable(distribution, variable as FabricSource, env[variable]),
    })),
    { source: 'PATH', look: () => fromPath(distribution, env['PATH']) },
    ...each('cache', (candidate) =>
      fromCache(distribution, cachedBuildDir(distribution, candidate, env)),
    ),
    ...(build
      ? each('built', (candidate) => buildPrograms(distribution, candidate, env, log))
      : []),
  ];
}

async function fromVariable(
  distribution: Distribution,
  variable: FabricSource,
  dir: string | undefined,
): Promise<Fabric> {
  if (dir === undefined || dir === '') throw new Error(`${variable} is not set`);
  return inspectPrograms(distribution, dir, variable);
}

async function fromPath(distribution: Distribution, path: string | undefined): Promise<Fabric> {
  const program = distribution.asked.at(-1) ?? '';
  const dirs = (path ?? '').split(delimiter).filter((dir) => dir !== '');
  const dir = dirs.find((each) => existsSync(join(each, program)));
  if (dir === undefined) throw new Error(`no folder of PATH has ${program}`);
  return inspectPrograms(distribution, dir, 'PATH');
}

async function fromCache(distribution: Distribution, target: string): Promise<Fabric> {
  if (!existsSync(target)) {
    const refused = await rememberedRefusal(target);
    const why = refused === undefined ? '' : `; refused at ${refused.at}: ${refused.reason}`;
    throw new Error(`${target} does not exist${why}`);
  }
  return inspectPrograms(distribution, join(target, 'bin'), 'cache');
}
