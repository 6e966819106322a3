import { join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import type { ChannelPlan, OrdererPlan, PeerPlan } from '../plan/index.js';
import { runCommand } from '../processes/index.js';
import { peerCommand } from './peer-command.js';

/** Has an ordering node take part in a channel; one that does so already is left as it is. */
export async function joinOrderer(
  fabric: Fabric,
  orderer: OrdererPlan,
  { name, files }: ChannelPlan,
): Promise<void> {
  const { administration } = orderer.files;
  const { said } = await runCommand(
    join(fabric.binDir, 'osnadmin'),
    [
      ...['channel', 'join', '--channelID', name, '--config-block', files.genesisBlock],
      ...['--orderer-address', `${orderer.host}:${orderer.ports.admin}`],
      ...['--ca-file', orderer.files.identity('orderer').tls.authority],
      ...['--client-cert', administration.certificate, '--client-key', administration.key],
    ],
    { env: {} },
  );
  // osnadmin ends with 0 whatever the node answered
  if (/^Status: 201/m.test(said) || said.includes('channel already exists')) return;
  throw new Error(`${orderer.name} did not join ${name}: ${said.trim()}`);
}

/** Has a peer join a channel; one that joined before is left as it is. */
export async function joinPeer(
  fabric: Fabric,
  peer: PeerPlan,
  { files }: ChannelPlan,
): Promise<void> {
  const args = ['channel', 'join', '--blockpath', files.genesisBlock];
  await peerCommand(fabric, peer, args, /ledger \[[^\]]+\] already exists/);
}
