import { openLedger } from '../fabric/open.js';
import type { FabricOptions } from '../fabric/options.js';
import { Peers } from '../fabric/peers.js';
import type { Ledger } from '../port.js';
import { Connection } from './connection.js';
import { NetworkClient } from './network-client.js';
import { NetworkPeer } from './network-peer.js';

/**
 * Opens a channel of a Hyperledger Fabric network through fabric-network, the client library of Fabric 2.2. Connections
 * are made when they are first needed, so that opening succeeds while peers are still starting.
 * @throws LedgerError `unavailable` when no peer is given
 */
export function openFabricNetwork(options: FabricOptions): Ledger {
  const connection = new Connection(options);
  const peers = new Peers(options.peers.map((peer) => new NetworkPeer(peer, connection)));
  return openLedger(options, peers, new NetworkClient(connection, peers));
}
