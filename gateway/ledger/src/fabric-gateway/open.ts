import { openLedger } from '../fabric/open.js';
import type { FabricOptions } from '../fabric/options.js';
import { Peers } from '../fabric/peers.js';
import type { Ledger } from '../port.js';
import { GatewayClient } from './gateway-client.js';
import { GatewayPeer } from './gateway-peer.js';

export type FabricGatewayOptions = FabricOptions;

/**
 * Opens a channel of a Hyperledger Fabric network through its peers' gateway services. Connections are made
 * when they are first needed, so that opening succeeds while peers are still starting.
 * @throws LedgerError `unavailable` when no peer is given
 */
export function openFabricGateway(options: FabricGatewayOptions): Ledger {
  const peers = new Peers(options.peers.map((peer) => new GatewayPeer(peer, options)));
  return openLedger(options, peers, new GatewayClient(peers, options));
}
