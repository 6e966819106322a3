import type { ChannelPlan, OrdererPlan, Plan } from '../plan/index.js';
import type { Profile } from '../profile/index.js';
import { snapshotInterval } from './fabric-version.js';
import { smartBftOptions } from './smartbft.js';

type Consensus = Profile['ordering']['consensus'];

/** V3_0 on a Raft channel sends the gateway down the path that needs several ordering nodes' answers. */
export const CHANNEL_CAPABILITY = { BFT: 'V3_0', Raft: 'V2_0' } as const satisfies Record<
  Consensus,
  string
>;

/** What orderer.yaml calls it: the only kind of consensus that the node then knows. */
export const CONSENSUS_TYPE = { BFT: 'BFT', Raft: 'etcdraft' } as const satisfies Record<
  Consensus,
  string
>;

/** etcd/raft's own defaults: a leader that died is missed after 5 s. */
const RAFT_OPTIONS = {
  TickInterval: '500ms',
  ElectionTick: 10,
  HeartbeatTick: 1,
  MaxInflightBlocks: 5,
} as const;

/** How the ordering nodes agree, for the Orderer part of configtx.yaml. */
export function agreement(plan: Plan, channel: ChannelPlan, fabricVersion: string): object {
  if (plan.profile.ordering.consensus === 'Raft') {
    return {
      OrdererType: CONSENSUS_TYPE.Raft,
      BatchTimeout: '100ms',
      EtcdRaft: {
        Consenters: channel.orderers.map(place),
        Options: { ...RAFT_OPTIONS, SnapshotIntervalSize: snapshotInterval(fabricVersion) },
      },
    };
  }
  return {
    OrdererType: CONSENSUS_TYPE.BFT,
    // SmartBFT of main of 2023-04-05 cuts batches by its own options, later versions by these too
    BatchTimeout: '200ms',
    ConsenterMapping: channel.orderers.map(consenter),
    SmartBFT: smartBftOptions(fabricVersion),
  };
}

function place(orderer: OrdererPlan): object {
  const tls = orderer.shared.cluster;
  return {
    Host: orderer.host,
    Port: orderer.ports.cluster,
    ClientTLSCert: tls,
    ServerTLSCert: tls,
  };
}

function consenter(orderer: OrdererPlan): object {
  return {
    ...place(orderer),
    ID: orderer.consenterId,
    MSPID: orderer.member.mspId,
    Identity: orderer.shared.orderer,
  };
}
