import { join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import type { PeerPlan, Plan } from '../plan/index.js';
import { runCommand } from '../processes/index.js';

/**
 * Runs Fabric's `peer` command as the administrator of a peer's organisation, against that peer.
 * @param accept output that means success although the command failed
 * @throws NetworkError COMMAND_FAILED
 */
export async function peerCommand(
  plan: Plan,
  fabric: Fabric,
  peer: PeerPlan,
  args: readonly string[],
  accept?: RegExp,
): Promise<string> {
  const env = {
    FABRIC_CFG_PATH: plan.files.config(peer.name),
    CORE_PEER_MSPCONFIGPATH: join(plan.files.admin(peer.member), 'msp'),
  };
  return runCommand(join(fabric.binDir, 'peer'), args, {
    env,
    ...(accept === undefined ? {} : { accept }),
  });
}

/** The arguments that name an ordering node to send to. */
export function ordererArguments(plan: Plan): string[] {
  const [orderer] = plan.orderers;
  if (orderer === undefined) throw new Error('expected an ordering node in the profile');
  const endpoint = `${plan.profile.host}:${orderer.ports.client}`;
  const authority = plan.files.tlsAuthority(orderer.member).certificate;
  return ['--orderer', endpoint, '--tls', '--cafile', authority];
}
