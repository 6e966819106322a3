import { join } from 'node:path';
import type { OrdererPlan, Plan } from '../plan/index.js';

/** The certificate pair with which ordering nodes know each other, apart from the one clients see. */
export function clusterCertificate(
  plan: Plan,
  orderer: OrdererPlan,
): { readonly certificate: string; readonly key: string } {
  const dir = plan.files.config(orderer.name);
  return { certificate: join(dir, 'cluster-cert.pem'), key: join(dir, 'cluster-key.pem') };
}

/** orderer.yaml of an ordering node. JSON is YAML. */
export function ordererConfig(plan: Plan, orderer: OrdererPlan): object {
  const { files, profile } = plan;
  const { host } = profile;
  const tls = join(files.ordererIdentity(orderer.member), 'tls');
  const data = files.data(orderer.name);
  const cluster = clusterCertificate(plan, orderer);
  const clientTls = { Certificate: join(tls, 'server.crt'), PrivateKey: join(tls, 'server.key') };
  return {
    General: {
      ListenAddress: host,
      ListenPort: orderer.ports.client,
      TLS: { Enabled: true, ...clientTls, RootCAs: [join(tls, 'ca.crt')] },
      Cluster: {
        ListenAddress: host,
        ListenPort: orderer.ports.cluster,
        ServerCertificate: cluster.certificate,
        ServerPrivateKey: cluster.key,
        ClientCertificate: cluster.certificate,
        ClientPrivateKey: cluster.key,
        RootCAs: plan.orderers.map((each) => files.tlsAuthority(each.member).certificate),
      },
      BootstrapMethod: 'none',
      LocalMSPDir: join(files.ordererIdentity(orderer.member), 'msp'),
      LocalMSPID: orderer.member.mspId,
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      Authentication: { TimeWindow: '15m' },
    },
    FileLedger: { Location: join(data, 'ledger') },
    Operations: { ListenAddress: `${host}:${orderer.ports.operations}`, TLS: { Enabled: false } },
    Metrics: { Provider: 'prometheus' },
    Admin: {
      ListenAddress: `${host}:${orderer.ports.admin}`,
      TLS: {
        Enabled: true,
        ...clientTls,
        ClientAuthRequired: true,
        ClientRootCAs: [files.tlsAuthority(orderer.member).certificate],
      },
    },
    ChannelParticipation: { Enabled: true, MaxRequestBodySize: '1 MB' },
    Consensus: { Type: 'BFT', WALDir: join(data, 'wal'), SnapDir: join(data, 'snapshot') },
  };
}
