import { join } from 'node:path';
import { OPERATIONS_HOST, type PeerPlan, type Plan } from '../plan/index.js';
import { authFilters } from './fabric-version.js';

/** The folder of a peer's external builder. */
export function builderDir(peer: PeerPlan): string {
  return join(peer.files.config(peer.name), 'builder');
}

/** core.yaml of a peer, read by its administrator's `peer` commands too. JSON is YAML. */
export function coreConfig(plan: Plan, peer: PeerPlan, fabricVersion: string): object {
  const { files, host, ports } = peer;
  const address = `${host}:${ports.client}`;
  const { msp, tls } = files.identity('peer');
  const data = files.data(peer.name);
  return {
    peer: {
      id: peer.name,
      networkId: plan.profile.name,
      listenAddress: address,
      address,
      chaincodeListenAddress: `${host}:${ports.chaincodeListener}`,
      chaincodeAddress: `${host}:${ports.chaincodeListener}`,
      localMspId: peer.member.mspId,
      mspConfigPath: msp,
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
        cert: { file: tls.certificate },
        key: { file: tls.key },
        rootcert: { file: tls.authority },
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
      externalBuilders: [{ name: 'veinledger', path: builderDir(peer) }],
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
      // no contract asks for a key's history: it stands in the blocks
      history: { enableHistoryDatabase: false },
      snapshots: { rootDir: join(data, 'snapshots') },
    },
    operations: {
      listenAddress: `${OPERATIONS_HOST}:${ports.operations}`,
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

function handlers(fabricVersion: string): object {
  return {
    authFilters: authFilters(fabricVersion),
    decorators: [{ name: 'DefaultDecorator' }],
    endorsers: { escc: { name: 'DefaultEndorsement', library: '' } },
    validators: { vscc: { name: 'DefaultValidation', library: '' } },
  };
}
