import { join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import type { OrdererPlan, PeerPlan, Plan } from '../plan/index.js';
import { runCommand } from '../processes/index.js';
import { peerCommand } from './peer-command.js';

/** Has an ordering node take part in the channel; one that does so already is left as it is. */
export async function joinOrderer(plan: Plan, fabric: Fabric, orderer: OrdererPlan): Promise<void> {
  const { files, profile } = plan;
  const tls = join(files.admin(orderer.member), 'tls');
  const output = await runCommand(
    join(fabric.binDir, 'osnadmin'),
    [
      ...['channel', 'join', '--channelID', profile.channel, '--config-block', files.genesisBlock],
      ...['--orderer-address', `${profile.host}:${orderer.ports.admin}`],
      ...['--ca-file', files.tlsAuthority(orderer.member).certificate],
      ...['--client-cert', join(tls, 'client.crt'), '--client-key', join(tls, 'client.key')],
    ],
    { env: {} },
  );
  // osnadmin ends with 0 whatever the node answered
  if (/^Status: 201/m.test(output) || output.includes('channel already exists')) return;
  throw new Error(`${orderer.name} did not join ${profile.channel}: ${output.trim()}`);
}

/** Has a peer join the channel; one that joined before is left as it is. */
export async function joinPeer(plan: Plan, fabric: Fabric, peer: PeerPlan): Promise<void> {
  const args = ['channel', 'join', '--blockpath', plan.files.genesisBlock];
  await peerCommand(plan, fabric, peer, args, /ledger \[[^\]]+\] already exists/);
}
