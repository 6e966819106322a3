/** Which source of Fabric is built, and which of its dependencies are raised beyond what it asks for. */
export const PINNED = {
  fabric: {
    module: 'github.com/hyperledger/fabric',
    version: 'v1.4.0-rc1.0.20230405174026-695dd57e01c2',
    calledVersion: '3.0.0',
    commit: '695dd57e01c2',
  },
  /** the least Go, and the language version of the build */
  go: '1.26',
  /** go-archive 0.3 breaks the build; fabric-config before 0.2.1 knows no BFT consenters */
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
} as const;
