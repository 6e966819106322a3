/** One version that can be built from Go modules. */
export interface Candidate {
  /** of the module, as Go requires it */
  readonly version: string;
  /** what the built programs call themselves */
  readonly calledVersion: string;
  readonly commit: string;
  /** whether any build that calls itself so is that version: a release, not a state of main */
  readonly released: boolean;
  /** the least Go, and the language version of the build */
  readonly go: string;
  /** dependencies that are raised beyond what the module asks for */
  readonly raised: Readonly<Record<string, string>>;
}

/** Versions of Fabric, the wanted one first. Its tags cannot be required, its module path carries no major version. */
export const FABRIC_VERSIONS: readonly Candidate[] = [
  {
    version: 'v1.4.0-rc1.0.20260618074816-86c1172bec37',
    calledVersion: '3.1.5',
    commit: '86c1172bec37',
    released: true,
    go: '1.26.4',
    raised: {},
  },
  {
    // main of 2023-04-05
    version: 'v1.4.0-rc1.0.20230405174026-695dd57e01c2',
    calledVersion: '3.0.0',
    commit: '695dd57e01c2',
    released: false,
    go: '1.26',
    // go-archive 0.3 breaks the build; fabric-config before 0.2.1 knows no BFT consenters
    raised: {
      'github.com/containerd/containerd': 'v1.7.30',
      'github.com/docker/docker': 'v28.5.2+incompatible',
      'github.com/fsouza/go-dockerclient': 'v1.12.3',
      'github.com/golang/protobuf': 'v1.5.4',
      'github.com/hyperledger/fabric-config': 'v0.2.1',
      'github.com/moby/go-archive': 'v0.1.0',
      'github.com/opencontainers/runc': 'v1.4.0',
      'github.com/prometheus/client_golang': 'v1.23.2',
      'go.etcd.io/etcd/client/pkg/v3': 'v3.5.24',
      'go.etcd.io/etcd/raft/v3': 'v3.5.24',
      'go.etcd.io/etcd/server/v3': 'v3.5.24',
      'golang.org/x/crypto': 'v0.55.0',
      'golang.org/x/net': 'v0.57.0',
      'google.golang.org/grpc': 'v1.83.0',
      'google.golang.org/protobuf': 'v1.36.12',
    },
  },
];

export const FABRIC_CA_VERSIONS: readonly Candidate[] = [
  {
    version: 'v1.5.22',
    calledVersion: '1.5.22',
    commit: '',
    released: true,
    go: '1.26.3',
    raised: {},
  },
];
