import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Distribution } from './distribution.js';
import { buildName } from './modules.js';
import type { Candidate } from './pinned.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where builds are kept, shared by checkouts: VEINLEDGER_CACHE, else the user's cache folder. */
export function cacheDir(env: Environment = process.env): string {
  const own = env['VEINLEDGER_CACHE'];
  if (own !== undefined && own !== '') return own;
  const xdg = env['XDG_CACHE_HOME'];
  // XDG Base Directory Specification: a relative path is ignored
  const base = xdg?.startsWith('/') === true ? xdg : join(env['HOME'] ?? homedir(), '.cache');
  return join(base, 'veinledger');
}

/** The folder of this checkout's build of one version in the cache. */
export function cachedBuildDir(
  distribution: Distribution,
  candidate: Candidate,
  env: Environment = process.env,
): string {
  return join(cacheDir(env), distribution.folder, buildName(distribution, candidate));
}
