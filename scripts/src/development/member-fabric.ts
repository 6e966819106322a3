import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gateway, GatewaySettings } from '@veinledger/gateway';
import type { Connection } from '@veinledger/network';
import {
  type MemberGateways,
  type RunningGateway,
  startMemberGateways,
} from './member-gateways.js';
import { channelOf, type FoundingMember } from '@veinledger/cli';

/** The label of the identity by which a member's gateway reads blocks. */
const READER = 'registrar';

/**
 * The settings by which a member's gateway reaches a channel of a network: its own peer first where it has one, and those
 * of others. Paths are absolute.
 */
export function fabricSection(connection: Connection, mspId: string, channelName?: string) {
  const channel = channelOf(connection, channelName);
  const peers = connection.peers.filter(({ name }) => channel.peers.includes(name));
  const own = peers.filter((peer) => peer.mspId === mspId);
  const others = peers.filter((peer) => peer.mspId !== mspId);
  return {
    kind: 'fabric',
    channel: channel.name,
    chaincode: channel.chaincode.name,
    peers: [...own, ...others].map((peer) => ({
      mspId: peer.mspId,
      endpoint: peer.endpoint,
      serverName: peer.serverName,
      tlsCa: peer.tlsCaCertificate,
    })),
    endorsements: channel.chaincode.endorsements,
    endorsers: channel.chaincode.endorsers,
    reader: { mspId, label: READER },
  } as const;
}

/**
 * The folder of one member's client identities, which holds nobody else's.
 * @throws Error when the member does not live here
 */
export function ownWallet({ members }: Connection, mspId: string): string {
  const walletDir = members.find((member) => member.mspId === mspId)?.walletDir;
  if (walletDir !== undefined) return walletDir;
  throw new Error(`the connection names no wallet of ${mspId}`);
}

/** Where members' gateways have their folders, and what they are all given. */
export interface FabricGatewaysHome {
  readonly directory: string;
  readonly rootFile: string;
}

/** Starts a gateway in this process, from a settings file. */
export async function startFromFile(file: string): Promise<Gateway> {
  const { readDeployment, startDeployedGateway } = await import('@veinledger/gateway');
  return startDeployedGateway(await readDeployment(file, {}));
}

/**
 * Starts a gateway for each member of a network, each from a settings file of its own, as `veinledger start --config` does:
 * own identities, own vault, own connections.
 * @param run starts a gateway from its settings file
 */
export function startFabricGateways<Running extends RunningGateway>(
  home: FabricGatewaysHome,
  connection: Connection,
  members: readonly FoundingMember[],
  run: (file: string) => Promise<Running>,
  shared: Partial<GatewaySettings> = {},
): Promise<MemberGateways<Running>> {
  const directory = join(home.directory, 'gateways');
  return startMemberGateways({
    directory,
    members,
    settings: shared,
    walletOf: ({ mspId }) => Promise.resolve(ownWallet(connection, mspId)),
    start: async ({ id, mspId }, settings) => {
      const file = join(directory, id, 'gateway.json');
      const ledger = fabricSection(connection, mspId);
      await mkdir(join(directory, id), { recursive: true });
      await writeFile(file, JSON.stringify({ ...settings, root: home.rootFile, ledger }));
      return run(file);
    },
  });
}
