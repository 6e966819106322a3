import { FABRIC_CA_VERSIONS, FABRIC_VERSIONS, type Candidate } from './pinned.js';

/** Programs that belong together and are found, or built, as one. */
export interface Distribution {
  /** for people */
  readonly name: string;
  /** its folder in the cache */
  readonly folder: string;
  /** environment variables that may name the folder of the programs, asked in this order */
  readonly variables: readonly string[];
  readonly programs: readonly string[];
  /** programs that are asked for their version and must agree */
  readonly asked: readonly string[];
  readonly module: string;
  /** variables that a build sets, below the module */
  readonly metadata: (candidate: Candidate) => Readonly<Record<string, string>>;
  /** whether it is built with a C compiler */
  readonly cgo: boolean;
  readonly candidates: readonly Candidate[];
}

export const FABRIC: Distribution = {
  name: 'Fabric',
  folder: 'fabric',
  variables: ['FABRIC_BIN'],
  programs: [
    'peer',
    'orderer',
    'configtxgen',
    'configtxlator',
    'discover',
    'ledgerutil',
    'osnadmin',
  ],
  asked: ['peer', 'orderer'],
  module: 'github.com/hyperledger/fabric',
  metadata: ({ calledVersion, commit }) => ({
    'common/metadata.Version': calledVersion,
    'common/metadata.CommitSHA': commit,
  }),
  cgo: false,
  candidates: FABRIC_VERSIONS,
};

export const FABRIC_CA: Distribution = {
  name: 'Fabric CA',
  folder: 'fabric-ca',
  variables: ['FABRIC_CA_BIN', 'FABRIC_BIN'],
  programs: ['fabric-ca-server', 'fabric-ca-client'],
  asked: ['fabric-ca-server', 'fabric-ca-client'],
  module: 'github.com/hyperledger/fabric-ca',
  metadata: ({ calledVersion }) => ({ 'lib/metadata.Version': calledVersion }),
  // SQLite is C
  cgo: true,
  candidates: FABRIC_CA_VERSIONS,
};

/** Whether a version is one on which the configuration was run. */
export function isSupported(
  { candidates }: Distribution,
  found: { readonly version: string; readonly commit: string },
): boolean {
  return candidates.some(
    ({ calledVersion, commit, released }) =>
      found.version === calledVersion &&
      (released || (found.commit !== '' && commit.startsWith(found.commit.slice(0, 7)))),
  );
}

/** The supported versions, for people. */
export function supportedVersions({ candidates }: Distribution): string {
  return candidates
    .map(({ calledVersion, commit, released }) =>
      released ? calledVersion : `${calledVersion} (commit ${commit})`,
    )
    .join(' or ');
}
