import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EndorsementRule } from '@veinledger/gateway';
import type { Ledger } from '@veinledger/ledger';
import type { FabricOptions, FabricPeer } from '@veinledger/ledger/fabric-gateway';
import type { Connection, Profile } from '@veinledger/network';
import { readWallet, writeWallet } from '@veinledger/network/identities';
import type { Home } from './home.js';

/** A real network that was started for one home. */
export interface FabricOfHome {
  readonly ledger: Ledger;
  /** a folder of the client identities that all members' CAs issued */
  readonly wallet: string;
  readonly connection: Connection;
  /** Ends every process of the network. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a Fabric network below a home, with the home's consortium root, and connects to it.
 * @param chaincodeDir a package instead of the chaincode of this checkout
 */
export async function openFabric(
  home: Home,
  profile: Profile,
  log: (line: string) => void,
  chaincodeDir?: string,
): Promise<FabricOfHome> {
  const { startNetwork } = await import('@veinledger/network');
  const network = await startNetwork({
    home: join(home.directory, 'network'),
    rootFile: home.rootFile,
    profile,
    portBase: 0,
    log,
    ...(chaincodeDir === undefined ? {} : { chaincodeDir }),
  });
  try {
    const { connection } = network;
    const ledger = await connectFabric(connection);
    const wallet = await gatherWallets(connection, join(home.directory, 'network-wallet'));
    return { ledger, wallet, connection, stop: () => network.stop() };
  } catch (error) {
    await network.stop();
    throw error;
  }
}

/** Copies the client identities of every member that lives here into one folder. */
export async function gatherWallets(connection: Connection, folder: string): Promise<string> {
  for (const { walletDir } of connection.members) {
    if (walletDir !== undefined) await writeWallet(folder, (await readWallet(walletDir)).entries);
  }
  return folder;
}

/** The client libraries through which a network can be reached. */
export type FabricClientName = 'fabric-gateway' | 'fabric-network';

/** Connects to a channel of a network that is up, the first when none is named, with members' own identities. */
export async function connectFabric(
  connection: Connection,
  name?: string,
  client: FabricClientName = 'fabric-gateway',
  rest: Pick<FabricOptions, 'onMismatch' | 'deadlines'> = {},
): Promise<Ledger> {
  const channel = channelOf(connection, name);
  const peers = connection.peers.filter((peer) => channel.peers.includes(peer.name));
  const reader = connection.members.find(
    ({ walletDir, mspId }) => walletDir !== undefined && channel.members.includes(mspId),
  );
  if (reader?.walletDir === undefined) throw new Error(`no member of ${channel.name} lives here`);
  return openWith(client, {
    name: `Fabric ${connection.fabric.version}`,
    channel: channel.name,
    chaincode: channel.chaincode.name,
    endorsements: channel.chaincode.endorsements,
    endorsers: channel.chaincode.endorsers,
    peers: await Promise.all(peers.map(peerOf)),
    reader: (await readWallet(reader.walletDir)).get(reader.mspId, 'registrar'),
    ...rest,
  });
}

/** Only the library that is used is loaded. */
async function openWith(client: FabricClientName, options: FabricOptions): Promise<Ledger> {
  if (client === 'fabric-network') {
    const { openFabricNetwork } = await import('@veinledger/ledger/fabric-network');
    return openFabricNetwork(options);
  }
  const { openFabricGateway } = await import('@veinledger/ledger/fabric-gateway');
  return openFabricGateway(options);
}

/** A channel of a network by its name, the first when none is given. */
export function channelOf(connection: Connection, name?: string): Connection['channels'][number] {
  const found = connection.channels.find((each) => name === undefined || each.name === name);
  if (found === undefined) throw new Error(`the connection has no channel ${name ?? ''}`);
  return found;
}

/** Who endorses on a channel of a network, and how many of them must. */
export function endorsementOf(connection: Connection, name?: string): EndorsementRule {
  const { endorsers, endorsements } = channelOf(connection, name).chaincode;
  return { organisations: endorsers, needed: endorsements };
}

/** How a client reaches a peer of a network. */
export async function peerOf(peer: Connection['peers'][number]): Promise<FabricPeer> {
  const { mspId, endpoint, serverName, tlsCaCertificate } = peer;
  return { mspId, endpoint, serverName, tlsCaPem: await readFile(tlsCaCertificate, 'utf8') };
}
