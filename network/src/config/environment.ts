import { availableParallelism } from 'node:os';

/**
 * What Fabric's nodes log: what happens to a node, not each message and each transaction, of which there are up to a
 * dozen lines. A running node says more when its operations port is asked: `PUT /logspec`.
 */
const LOGGED = {
  peer: {
    gateway: 'warning',
    endorser: 'warning',
    'comm.grpc.server': 'warning',
    // of a block one line is left: that it was committed
    'committer.txvalidator': 'warning',
    'gossip.privdata': 'warning',
  },
  orderer: {
    'comm.grpc.server': 'warning',
    // a line for each stream that a peer closes after its transaction was taken
    'orderer.common.broadcast': 'error',
    // Fabric 3.0 warns with each message that a certificate has expired 292 years ago
    'orderer.common.cluster.step': 'error',
    'orderer.consensus.smartbft.consensus': 'warning',
  },
} as const;

const FORMAT =
  '%{time:2006-01-02T15:04:05.000Z07:00} %{level:.4s} [%{module}] %{shortfunc} -> %{message}';

/** How much garbage is left lying, percent of what is alive, and from how much memory on none is. */
const COLLECTING = { GOGC: '400', GOMEMLIMIT: '1GiB' } as const;

/**
 * On how many cores a node's Go code runs at once: on half of them. Nodes talk in many small messages, and wake each
 * other's idle threads for each while they share a machine. What the launcher was started with comes first.
 */
function threads(): { readonly GOMAXPROCS: string } {
  const half = Math.max(1, Math.floor(availableParallelism() / 2));
  return { GOMAXPROCS: process.env['GOMAXPROCS'] ?? String(half) };
}

/** The environment of a peer's or an ordering node's process, beside the folder of its configuration. */
export function nodeEnvironment(kind: keyof typeof LOGGED): Readonly<Record<string, string>> {
  const levels = Object.entries(LOGGED[kind]).map(([logger, level]) => `${logger}=${level}`);
  return {
    ...COLLECTING,
    ...threads(),
    FABRIC_LOGGING_SPEC: ['info', ...levels].join(':'),
    FABRIC_LOGGING_FORMAT: FORMAT,
  };
}
