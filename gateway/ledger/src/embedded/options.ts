import type { ContractClass } from './shim.js';

export interface EmbeddedLedgerOptions {
  /** Where the ledger's files are; made when missing. One process at a time may have it open. */
  readonly directory: string;
  /** The channel's name; a directory belongs to one channel. */
  readonly channel: string;
  /** MSP id of the organisation whose word this ledger is: the endorser of every transaction. */
  readonly organisation: string;
  /** Constructed once, without arguments, as fabric-shim does. */
  readonly contracts: readonly ContractClass[];
  /** One CA certificate (PEM) per MSP id; nobody else's certificates may submit. */
  readonly certificateAuthorities: Readonly<Record<string, string>>;
  /** Milliseconds since 1970: times transactions and certificate periods. `Date.now` when left out. */
  readonly clock?: () => number;
  /** The time a client puts into its transaction, milliseconds since 1970. The clock's when left out. */
  readonly transactionTime?: () => number;
  /** A larger transaction is refused, as a SmartBFT orderer does. 512000 (500 KB) when left out. */
  readonly maxTransactionBytes?: number;
  /** How often an invocation is tried when it conflicts with others. 16 when left out. */
  readonly maxAttempts?: number;
}
