import type { Invocation } from '../port.js';
import type { Peer } from './peer.js';
import type { Search } from './peers.js';

/** A way on which a transaction is sent for ordering. */
export interface Way {
  /** Sends the transaction, the very same envelope whenever it is called; throws a `PeerError`. */
  send(deadline: number): Promise<void>;
  /** Takes note that nothing is to be had on this way for now. */
  failed(): void;
}

/** A transaction that enough members endorsed and that nobody has sent for ordering. */
export interface Endorsed {
  readonly transactionId: string;
  /** the peer that it was endorsed at, or through: it is asked first for the commit */
  readonly peer: Peer;
  /** of the envelope, in bytes */
  readonly size: number;
  /** what the contract returned */
  readonly result: string;
  /** Ways on which to send it, again and again until the time is over. */
  ways(search: Search): AsyncIterable<Way>;
}

/** An invocation as it is proposed to endorsers. */
export interface Proposed {
  readonly transactionId: string;
  /** Collects endorsements; throws a `PeerError`. */
  endorse(deadline: number): Promise<Endorsed>;
}

/** A client library, as far as it has transactions endorsed and ordered in a way of its own. */
export interface FabricClient<P extends Peer = Peer> {
  /**
   * Builds the proposal of an invocation for a peer.
   * @param organisations whose peers endorse it; left out, the network chooses
   */
  propose(
    peer: P,
    invocation: Invocation,
    organisations: readonly string[] | undefined,
  ): Proposed | Promise<Proposed>;
  close(): void | Promise<void>;
}
