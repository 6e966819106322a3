import type { SubmitterIdentity } from '../port.js';
import { ChainQueries } from './chain-queries.js';
import type { FabricClient } from './client.js';
import { DEFAULT_DEADLINES, type Deadlines, type FabricOptions, type Mismatch } from './options.js';
import type { Peers } from './peers.js';

const MAX_TRANSACTION_BYTES = 500 * 1024;
/** About six seconds of conflicts: a decision on a whole therapy meets every fact that comes into it meanwhile. */
const MAX_ATTEMPTS = 16;

/** One channel of a network, as every part of this ledger sees it. */
export class Channel {
  readonly name: string;
  readonly chaincode: string;
  readonly client: FabricClient;
  readonly peers: Peers;
  readonly chain: ChainQueries;
  readonly reader: SubmitterIdentity;
  readonly deadlines: Deadlines;
  readonly maxTransactionBytes: number;
  readonly maxAttempts: number;
  readonly endorsements: number | undefined;
  /** MSP ids of the organisations with a peer here whose endorsement counts */
  readonly endorsing: readonly string[];
  readonly onMismatch: (mismatch: Mismatch) => void;

  constructor(options: FabricOptions, peers: Peers, client: FabricClient) {
    this.name = options.channel;
    this.chaincode = options.chaincode;
    this.client = client;
    this.peers = peers;
    this.reader = options.reader;
    this.deadlines = { ...DEFAULT_DEADLINES, ...options.deadlines };
    this.chain = new ChainQueries(this);
    this.maxTransactionBytes = options.maxTransactionBytes ?? MAX_TRANSACTION_BYTES;
    this.maxAttempts = options.maxAttempts ?? MAX_ATTEMPTS;
    this.endorsements = options.endorsements;
    this.endorsing = peers.organisations.filter(
      (mspId) => options.endorsers?.includes(mspId) ?? true,
    );
    this.onMismatch = options.onMismatch ?? (() => undefined);
  }
}
