import { join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import type { PeerPlan } from '../plan/index.js';
import { type CommandOutput, runCommand } from '../processes/index.js';

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
): Promise<CommandOutput> {
  const env = {
    FABRIC_CFG_PATH: peer.files.config(peer.name),
    CORE_PEER_MSPCONFIGPATH: peer.files.identity('admin').msp,
  };
  return runCommand(join(fabric.binDir, 'peer'), args, {
    env,
    ...(accept === undefined ? {} : { accept }),
  });
}
