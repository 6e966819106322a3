/** The programs of Fabric that the launcher runs. */
export const PROGRAMS = ['peer', 'orderer', 'configtxgen', 'cryptogen', 'osnadmin'] as const;

export type Program = (typeof PROGRAMS)[number];

/** A version of Fabric, as `peer version` prints it. */
export interface FabricVersion {
  readonly version: string;
  readonly commit: string;
}

interface Supported {
  readonly version: string;
  /** left out: any build of that version */
  readonly commit?: string;
}

/** The versions on which the configuration was run. */
const SUPPORTED: readonly Supported[] = [
  { version: '3.1.5' },
  // main of 2023-04-05 calls itself 3.0.0
  { version: '3.0.0', commit: '695dd57e01c2' },
];

export function isSupported(found: FabricVersion): boolean {
  return SUPPORTED.some(
    ({ version, commit }) =>
      found.version === version &&
      (commit === undefined ||
        (found.commit !== '' && commit.startsWith(found.commit.slice(0, 7)))),
  );
}

/** The supported versions, for people. */
export function supportedVersions(): string {
  return SUPPORTED.map(({ version, commit }) =>
    commit === undefined ? version : `${version} (commit ${commit})`,
  ).join(' or ');
}

/**
 * Reads what `peer version` or `orderer version` prints.
 * @throws Error when it names no version
 */
export function parseVersion(output: string): FabricVersion {
  const version = /^\s*Version: v?(\S+)/m.exec(output)?.[1];
  if (version === undefined) throw new Error(`expected 'Version: …', found '${output.trim()}'`);
  return { version, commit: /^\s*Commit SHA: ([0-9a-f]+)/m.exec(output)?.[1] ?? '' };
}
