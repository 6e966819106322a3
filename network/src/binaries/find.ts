import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { buildFabric } from './build.js';
import { cachedBuildDir } from './cache.js';
import { inspectFabric, type Fabric, type FabricSource } from './inspect.js';

/** Why one source has no Fabric that can be used. */
export interface FabricFailure {
  readonly source: FabricSource;
  readonly reason: string;
}

export type FabricSearch =
  | { readonly found: true; readonly fabric: Fabric }
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
 * supported version. Never throws: each source that fails is told with its reason.
 */
export async function findFabric(options: FindFabricOptions = {}): Promise<FabricSearch> {
  const { env = process.env, build = true, log = () => undefined } = options;
  const target = cachedBuildDir(env);
  const sources: readonly (readonly [FabricSource, () => Promise<Fabric>])[] = [
    ['FABRIC_BIN', () => fromVariable(env['FABRIC_BIN'])],
    ['PATH', () => fromPath(env['PATH'])],
    ['cache', () => fromCache(target)],
    ['built', () => (build ? buildFabric(target, env, log) : notBuilt())],
  ];
  const failures: FabricFailure[] = [];
  for (const [source, look] of sources) {
    try {
      return { found: true, fabric: await look() };
    } catch (error) {
      failures.push({ source, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { found: false, failures };
}

async function fromVariable(dir: string | undefined): Promise<Fabric> {
  if (dir === undefined || dir === '') throw new Error('FABRIC_BIN is not set');
  return inspectFabric(dir, 'FABRIC_BIN');
}

async function fromPath(path: string | undefined): Promise<Fabric> {
  const dirs = (path ?? '').split(delimiter).filter((dir) => dir !== '');
  const dir = dirs.find((each) => existsSync(join(each, 'orderer')));
  if (dir === undefined) throw new Error('no folder of PATH has an orderer');
  return inspectFabric(dir, 'PATH');
}

async function fromCache(target: string): Promise<Fabric> {
  if (!existsSync(target)) throw new Error(`${target} does not exist`);
  return inspectFabric(join(target, 'bin'), 'cache');
}

function notBuilt(): Promise<never> {
  return Promise.reject(new Error('building was not asked for'));
}
