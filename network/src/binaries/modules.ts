import { createHash } from 'node:crypto';
import type { Distribution } from './distribution.js';
import type { Candidate } from './pinned.js';

/**
 * A module that builds one version: its source at a fixed version, and its dependencies raised to versions
 * without known advisories.
 */
export function goMod({ module, folder }: Distribution, candidate: Candidate): string {
  const requirements = { [module]: candidate.version, ...candidate.raised };
  const lines = Object.entries(requirements).map((requirement) => `\t${requirement.join(' ')}`);
  return [
    `module veinledger/${folder}`,
    '',
    `go ${candidate.go}`,
    '',
    'require (',
    ...lines,
    ')',
    '',
  ].join('\n');
}

/** The arguments of `go` that build the programs into a folder. */
export function buildArguments(
  distribution: Distribution,
  candidate: Candidate,
  outputDir: string,
): string[] {
  const { module, programs } = distribution;
  const variables = Object.entries(distribution.metadata(candidate)).map(
    ([name, value]) => `-X ${module}/${name}=${value}`,
  );
  return [
    ...['build', '-mod=mod', '-trimpath', '-v'],
    ...['-ldflags', ['-s', '-w', ...variables].join(' ')],
    ...['-o', `${outputDir}/`],
    ...programs.map((program) => `${module}/cmd/${program}`),
  ];
}

/** Names a build in the cache: another pinned list, set of programs or platform is another build. */
export function buildName(distribution: Distribution, candidate: Candidate): string {
  const made = JSON.stringify([goMod(distribution, candidate), distribution.programs]);
  const list = createHash('sha256').update(made).digest('hex').slice(0, 12);
  const { calledVersion, commit } = candidate;
  return [calledVersion, commit, list, process.platform, process.arch]
    .filter((part) => part !== '')
    .join('-');
}
