import { createHash } from 'node:crypto';
import { PINNED } from './pinned.js';
import { PROGRAMS, type FabricVersion } from './versions.js';

/** The Go version that a build needs at least, as [major, minor]. */
export const LEAST_GO = PINNED.go;

/** What the binaries of a build call themselves. */
export const BUILT_VERSION: FabricVersion = {
  version: PINNED.fabric.calledVersion,
  commit: PINNED.fabric.commit,
};

/**
 * A module that builds Fabric: its source at a fixed version and its dependencies raised to versions
 * without known advisories. Fabric's tags cannot be required, its module path carries no major version.
 */
export function goMod(): string {
  const requirements = { [PINNED.fabric.module]: PINNED.fabric.version, ...PINNED.raised };
  const lines = Object.entries(requirements).map(([module, version]) => `\t${module} ${version}`);
  return [
    'module veinledger/fabric',
    '',
    `go ${PINNED.go}`,
    '',
    'require (',
    ...lines,
    ')',
    '',
  ].join('\n');
}

/** The arguments of `go` that build the programs into a folder. */
export function buildArguments(outputDir: string): string[] {
  const { module, calledVersion, commit } = PINNED.fabric;
  const metadata = `${module}/common/metadata`;
  const flags = `-s -w -X ${metadata}.Version=${calledVersion} -X ${metadata}.CommitSHA=${commit}`;
  const programs = PROGRAMS.map((program) => `${module}/cmd/${program}`);
  return [
    'build',
    '-mod=mod',
    '-trimpath',
    '-v',
    '-ldflags',
    flags,
    '-o',
    `${outputDir}/`,
    ...programs,
  ];
}

/** Names a build in the cache: another pinned list or platform is another build. */
export function buildName(): string {
  const list = createHash('sha256').update(goMod()).digest('hex').slice(0, 12);
  return `${PINNED.fabric.calledVersion}-${PINNED.fabric.commit}-${list}-${process.platform}-${process.arch}`;
}
