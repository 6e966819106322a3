import { NetworkError } from '../errors.js';
import { FABRIC, FABRIC_CA, supportedVersions, type Distribution } from './distribution.js';
import {
  findPrograms,
  type FabricFailure,
  type FabricSearch,
  type FindFabricOptions,
} from './find.js';
import type { Fabric } from './inspect.js';

/**
 * Fabric's programs, built when no other source has them.
 * @throws NetworkError FABRIC_NOT_FOUND with the ways to get them
 */
export async function requireFabric(options: FindFabricOptions = {}): Promise<Fabric> {
  return required(FABRIC, await findPrograms(FABRIC, options));
}

/**
 * Fabric CA's programs, built when no other source has them.
 * @throws NetworkError FABRIC_NOT_FOUND with the ways to get them
 */
export async function requireFabricCa(options: FindFabricOptions = {}): Promise<Fabric> {
  return required(FABRIC_CA, await findPrograms(FABRIC_CA, options));
}

function required(distribution: Distribution, search: FabricSearch): Fabric {
  if (search.found) return search.fabric;
  throw new NetworkError('FABRIC_NOT_FOUND', notFound(distribution, search.failures));
}

/** What is in use, from where, and why not what comes before it: one line each. */
export async function describeBinaries(options: FindFabricOptions = {}): Promise<string[]> {
  const both = [FABRIC, FABRIC_CA].map(async (distribution) => {
    const search = await findPrograms(distribution, options);
    if (!search.found) return notFound(distribution, search.failures).split('\n');
    const { version, commit, source, binDir } = search.fabric;
    const from = commit === '' ? version : `${version} (commit ${commit})`;
    return [
      `${distribution.name} ${from} from ${source}, ${binDir}`,
      ...search.passed.map((failure) => `  not from ${reasonLine(failure)}`),
    ];
  });
  return (await Promise.all(both)).flat();
}

function notFound(distribution: Distribution, failures: readonly FabricFailure[]): string {
  const { name, variables, cgo, candidates } = distribution;
  const least = candidates.at(-1)?.go ?? '';
  const compiler = cgo ? ' and a C compiler' : '';
  return [
    `no source has ${name} ${supportedVersions(distribution)}`,
    ...failures.map((failure) => `  ${reasonLine(failure)}`),
    'There are three ways to get it:',
    `  set ${variables.at(-1) ?? ''} to the folder of the release's programs`,
    '  put that folder into PATH',
    `  install Go ${least} or newer${compiler}, with access to a module proxy: it is built once`,
  ].join('\n');
}

function reasonLine({ source, version, reason }: FabricFailure): string {
  const from = version === undefined ? source : `${source}, ${version}`;
  return `${from}: ${reason}`;
}
