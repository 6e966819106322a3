import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import { type CommandOutput, runCommand } from '../processes/index.js';

/** Who signs for an organisation. */
export interface Administrator {
  readonly mspId: string;
  /** the MSP folder of its administrator */
  readonly mspDir: string;
}

/** A node that a client connects to. */
export interface Target {
  /** host:port */
  readonly endpoint: string;
  /** path of the PEM that its TLS certificate descends from */
  readonly tlsCaCertificate: string;
}

/**
 * Runs `peer channel` as an organisation's administrator; needs no peer of its own.
 * @param dir a folder of the caller, for the command's settings
 * @param peer the peer that is asked, when no ordering node is
 * @throws NetworkError COMMAND_FAILED
 */
export async function channelCommand(
  fabric: Pick<Fabric, 'binDir'>,
  { mspId, mspDir }: Administrator,
  dir: string,
  args: readonly string[],
  peer?: Target,
): Promise<CommandOutput> {
  const settings = join(dir, `as-${mspId}${peer === undefined ? '' : peer.endpoint}`);
  await mkdir(settings, { recursive: true });
  const core = {
    peer: {
      localMspId: mspId,
      mspConfigPath: mspDir,
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      client: { connTimeout: '5s' },
      ...(peer === undefined ? {} : { address: peer.endpoint }),
      tls: {
        enabled: true,
        ...(peer === undefined ? {} : { rootcert: { file: peer.tlsCaCertificate } }),
      },
    },
  };
  await writeFile(join(settings, 'core.yaml'), JSON.stringify(core));
  return runCommand(join(fabric.binDir, 'peer'), ['channel', ...args], {
    env: { FABRIC_CFG_PATH: settings },
  });
}

/** The arguments that name an ordering node to ask or to send to. */
export function ordererArguments({ endpoint, tlsCaCertificate }: Target): string[] {
  return ['--orderer', endpoint, '--tls', '--cafile', tlsCaCertificate];
}
