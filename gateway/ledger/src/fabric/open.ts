import { LedgerError, type Ledger } from '../port.js';
import { Channel } from './channel.js';
import type { FabricClient } from './client.js';
import { FabricLedger } from './ledger.js';
import type { FabricOptions } from './options.js';
import type { Peer } from './peer.js';
import type { Peers } from './peers.js';

/**
 * A ledger on peers and a client library of one kind.
 * @throws LedgerError `unavailable` when no peer is given
 */
export function openLedger<P extends Peer>(
  options: FabricOptions,
  peers: Peers<P>,
  client: FabricClient<P>,
): Ledger {
  if (peers.all.length === 0) {
    throw new LedgerError('unavailable', 'peers: expected at least one, found none');
  }
  return new FabricLedger(options.name ?? 'fabric', new Channel(options, peers, client));
}
