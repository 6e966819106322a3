import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EndorsementRule } from '@veinledger/gateway';
import type { Ledger } from '@veinledger/gateway/ledger';
import { type FabricPeer, openFabricGateway } from '@veinledger/gateway/ledger/fabric-gateway';
import { type Connection, type Profile, startNetwork } from '@veinledger/network';
import { readWallet } from '@veinledger/network/identities';
import type { Home } from './home.js';

/** A real network that was started for one home. */
export interface FabricOfHome {
  readonly ledger: Ledger;
  /** the folder of the client identities that the members' CAs issued */
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
    return { ledger, wallet: connection.walletDir, connection, stop: () => network.stop() };
  } catch (error) {
    await network.stop();
    throw error;
  }
}

/** Connects to a network that is up, with every member's identities at hand. */
export async function connectFabric(connection: Connection): Promise<Ledger> {
  const wallet = await readWallet(connection.walletDir);
  const [first] = connection.peers;
  if (!first) throw new Error('the connection names no peer');
  return openFabricGateway({
    name: `Fabric ${connection.fabric.version}`,
    channel: connection.channel,
    chaincode: connection.chaincode.name,
    endorsements: connection.chaincode.endorsements,
    peers: await Promise.all(connection.peers.map(peerOf)),
    reader: wallet.get(first.mspId, 'registrar'),
  });
}

/** Who endorses on a network, and how many of them must. */
export function endorsementOf({ peers, chaincode }: Connection): EndorsementRule {
  return { organisations: peers.map(({ mspId }) => mspId), needed: chaincode.endorsements };
}

/** How a client reaches a peer of a network. */
export async function peerOf(peer: Connection['peers'][number]): Promise<FabricPeer> {
  const { mspId, endpoint, serverName, tlsCaCertificate } = peer;
  return { mspId, endpoint, serverName, tlsCaPem: await readFile(tlsCaCertificate, 'utf8') };
}
