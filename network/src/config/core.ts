import { join } from 'node:path';
import type { PeerPlan, Plan } from '../plan/index.js';

/** The folder of a peer's external builder. */
export function builderDir(plan: Plan, peer: PeerPlan): string {
  return join(plan.files.config(peer.name), 'builder');
}

/** core.yaml of a peer, read by its administrator's `peer` commands too. JSON is YAML. */
export function coreConfig(plan: Plan, peer: PeerPlan, fabricVersion: string): object {
  const { files, profile } = plan;
  const address = `${profile.host}:${peer.ports.client}`;
  const identity = files.peerIdentity(peer.member);
  const tls = join(identity, 'tls');
  const data = files.data(peer.name);
  return {
    peer: {
      id: peer.name,
      networkId: profile.name,
      listenAddress: address,
      address,
      chaincodeListenAddress: `${profile.host}:${peer.ports.chaincodeListener}`,
      chaincodeAddress: `${profile.host}:${peer.ports.chaincodeListener}`,
      localMspId: peer.member.mspId,
      mspConfigPath: join(identity, 'msp'),
      fileSystemPath: data,
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      gateway: {
        enabled: true,
        endorsementTimeout: '30s',
        broadcastTimeout: '30s',
        dialTimeout: '2m',
      },
      gossip: gossip(address),
      tls: {
        enabled: true,
        clientAuthRequired: false,
        cert: { file: join(tls, 'server.crt') },
        key: { file: join(tls, 'server.key') },
        rootcert: { file: join(tls, 'ca.crt') },
      },
      authentication: { timewindow: '15m' },
      client: { connTimeout: '3s' },
      deliveryclient: {
        blockGossipEnabled: true,
        reconnectTotalTimeThreshold: '3600s',
        connTimeout: '3s',
        reConnectBackoffThreshold: '3600s',
      },
      handlers: handlers(fabricVersion),
      discovery: { enabled: true, authCacheEnabled: true, orgMembersAllowedAccess: false },
      limits: { concurrency: { endorserService: 2500, deliverService: 2500, gatewayService: 500 } },
      maxRecvMsgSize: 104_857_600,
      maxSendMsgSize: 104_857_600,
    },
    // blank, or the peer asks a Docker daemon for its health
    vm: { endpoint: '' },
    chaincode: {
      externalBuilders: [{ name: 'veinledger', path: builderDir(plan, peer) }],
      installTimeout: '60s',
      startuptimeout: '60s',
      executetimeout: '30s',
      mode: 'net',
      // fabric-shim ends its process when it is sent a KEEPALIVE
      keepalive: 0,
      system: { _lifecycle: 'enable', cscc: 'enable', lscc: 'enable', qscc: 'enable' },
      logging: { level: 'info', shim: 'warning' },
    },
    ledger: {
      state: { stateDatabase: 'goleveldb', totalQueryLimit: 100_000 },
      history: { enableHistoryDatabase: true },
      snapshots: { rootDir: join(data, 'snapshots') },
    },
    operations: {
      listenAddress: `${profile.host}:${peer.ports.operations}`,
      tls: { enabled: false },
    },
    metrics: { provider: 'prometheus' },
  };
}

/** One peer per organisation leads itself, and meets the others through their anchor peers. */
function gossip(address: string): object {
  return {
    bootstrap: address,
    endpoint: address,
    externalEndpoint: address,
    useLeaderElection: false,
    orgLeader: true,
    // at 25 s clients get 'no combination of peers can be derived' for half a minute after a start
    reconnectInterval: '2s',
    // how soon peers know each other's chaincode, and say how many they know; 4 s and 5 s by default
    publishStateInfoInterval: '1s',
    requestStateInfoInterval: '1s',
    membershipTrackerInterval: '1s',
    state: { enabled: false },
    pvtData: {
      pullRetryThreshold: '60s',
      transientstoreMaxBlockRetention: 1000,
      pushAckTimeout: '3s',
      btlPullMargin: 10,
      reconcileBatchSize: 10,
      reconcileSleepInterval: '1m',
      reconciliationEnabled: true,
      implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 },
    },
  };
}

/** 3.0.0 panics when it is asked for TimeWindowCheck, which refuses proposals with a wrong time. */
function handlers(fabricVersion: string): object {
  const authFilters = [{ name: 'DefaultAuth' }, { name: 'ExpirationCheck' }];
  if (fabricVersion !== '3.0.0') authFilters.push({ name: 'TimeWindowCheck' });
  return {
    authFilters,
    decorators: [{ name: 'DefaultDecorator' }],
    endorsers: { escc: { name: 'DefaultEndorsement', library: '' } },
    validators: { vscc: { name: 'DefaultValidation', library: '' } },
  };
}
