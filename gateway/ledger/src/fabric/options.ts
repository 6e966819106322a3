import type { SubmitterIdentity } from '../port.js';

/** A peer that is asked. */
export interface FabricPeer {
  readonly mspId: string;
  /** `host:port` */
  readonly endpoint: string;
  /** the TLS certificate authority of the peer's organisation, PEM */
  readonly tlsCaPem: string;
  /** the name in the peer's TLS certificate; a name, never an address */
  readonly serverName: string;
}

/** How long things may take, milliseconds. */
export interface Deadlines {
  /** one evaluation at one peer */
  readonly evaluate: number;
  /** one endorsement through one peer */
  readonly endorse: number;
  /** getting an endorsed transaction accepted for ordering, all nodes together */
  readonly submit: number;
  /** from acceptance to commit */
  readonly commit: number;
  /** looking for a peer that answers, all peers together */
  readonly failover: number;
}

/** Members that endorsed something else than others did. */
export interface Mismatch {
  readonly transactionId: string | undefined;
  /** MSP ids of the odd ones: those that differ from members who agreed; all that were asked where none agreed */
  readonly differing: readonly string[];
}

/** What a ledger on a Fabric network needs to know, whichever client library it uses. */
export interface FabricOptions {
  /** asked in this order, after those of the submitter's own organisation */
  readonly peers: readonly FabricPeer[];
  readonly channel: string;
  readonly chaincode: string;
  /** reads blocks, heights and statuses, which nobody submits */
  readonly reader: SubmitterIdentity;
  /** `fabric` when left out */
  readonly name?: string;
  /**
   * How many organisations must endorse: so many are asked of those that an invocation names, or that have a peer
   * here, and others of them when these do not answer or do not agree. Left out, all that an invocation names are
   * asked, and where it names none the network chooses.
   */
  readonly endorsements?: number;
  /** MSP ids of the organisations whose endorsement counts; all that have a peer here when left out */
  readonly endorsers?: readonly string[];
  readonly deadlines?: Partial<Deadlines>;
  /** A larger transaction is refused, as a SmartBFT orderer does. 512000 (500 KB) when left out. */
  readonly maxTransactionBytes?: number;
  /** How often an invocation is tried when it conflicts with others. 8 when left out. */
  readonly maxAttempts?: number;
  /** Told whenever members endorsed different results, also when others then agreed. */
  readonly onMismatch?: (mismatch: Mismatch) => void;
}

/** Endorsing, sending and waiting take less than the minute after which a client gives an answer up. */
export const DEFAULT_DEADLINES: Deadlines = {
  evaluate: 10_000,
  endorse: 15_000,
  submit: 15_000,
  commit: 20_000,
  failover: 20_000,
};
