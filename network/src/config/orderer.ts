import { join } from 'node:path';
import { OPERATIONS_HOST, type OrdererPlan, type Plan } from '../plan/index.js';
import { CONSENSUS_TYPE } from './ordering.js';

/** orderer.yaml of an ordering node. JSON is YAML. */
export function ordererConfig(plan: Plan, orderer: OrdererPlan): object {
  const { files, host, ports } = orderer;
  const { msp, tls } = files.identity('orderer');
  const { cluster, administration } = files;
  const data = files.data(orderer.name);
  const clientTls = { Certificate: tls.certificate, PrivateKey: tls.key };
  return {
    General: {
      ListenAddress: host,
      ListenPort: ports.client,
      TLS: { Enabled: true, ...clientTls, RootCAs: [tls.authority] },
      Cluster: {
        ListenAddress: host,
        ListenPort: ports.cluster,
        ServerCertificate: cluster.certificate,
        ServerPrivateKey: cluster.key,
        ClientCertificate: cluster.certificate,
        ClientPrivateKey: cluster.key,
        RootCAs: plan.orderers.map(({ shared }) => shared.tlsAuthority),
      },
      BootstrapMethod: 'none',
      LocalMSPDir: msp,
      LocalMSPID: orderer.member.mspId,
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      Authentication: { TimeWindow: '15m' },
    },
    FileLedger: { Location: join(data, 'ledger') },
    Operations: {
      ListenAddress: `${OPERATIONS_HOST}:${ports.operations}`,
      TLS: { Enabled: false },
    },
    Metrics: { Provider: 'prometheus' },
    Admin: {
      ListenAddress: `${host}:${ports.admin}`,
      TLS: {
        Enabled: true,
        ...clientTls,
        ClientAuthRequired: true,
        ClientRootCAs: [administration.authority],
      },
    },
    ChannelParticipation: { Enabled: true, MaxRequestBodySize: '1 MB' },
    Consensus: {
      Type: CONSENSUS_TYPE[plan.profile.ordering.consensus],
      WALDir: join(data, 'wal'),
      SnapDir: join(data, 'snapshot'),
    },
  };
}
