import { join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import type { ChannelPlan, PeerPlan } from '../plan/index.js';
import { runCommand } from '../processes/index.js';

/**
 * Runs Fabric's `peer` command as the administrator of a peer's organisation, against that peer.
 * @param accept output that means success although the command failed
 * @throws NetworkError COMMAND_FAILED
 */
export async function peerCommand(
  fabric: Fabric,
  peer: PeerPlan,
  args: readonly string[],
  accept?: RegExp,
): Promise<string> {
  const env = {
    FABRIC_CFG_PATH: peer.files.config(peer.name),
    CORE_PEER_MSPCONFIGPATH: peer.files.identity('admin').msp,
  };
  return runCommand(join(fabric.binDir, 'peer'), args, {
    env,
    ...(accept === undefined ? {} : { accept }),
  });
}

/** The ordering node that a peer's administrator sends to: the member's own where it has one. */
export function orderingNodeOf(channel: ChannelPlan, peer: PeerPlan) {
  const own = channel.orderers.find(({ member }) => member === peer.member);
  const orderer = own ?? channel.orderers[0];
  if (orderer === undefined) throw new Error(`expected an ordering node in ${channel.name}`);
  const { name, host, ports, shared } = orderer;
  return { name, endpoint: `${host}:${ports.client}`, tlsAuthority: shared.tlsAuthority };
}

/** The arguments that name that ordering node. */
export function ordererArguments(channel: ChannelPlan, peer: PeerPlan): string[] {
  const { endpoint, tlsAuthority } = orderingNodeOf(channel, peer);
  return ['--orderer', endpoint, '--tls', '--cafile', tlsAuthority];
}
