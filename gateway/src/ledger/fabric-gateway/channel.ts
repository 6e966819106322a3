import type { SubmitterIdentity } from '../port.js';
import { ChainQueries } from './chain-queries.js';
import {
  DEFAULT_DEADLINES,
  type Deadlines,
  type FabricGatewayOptions,
  type Mismatch,
} from './options.js';
import { Peers } from './peers.js';

const MAX_TRANSACTION_BYTES = 500 * 1024;
const MAX_ATTEMPTS = 8;

/** One channel of a network, as every part of this ledger sees it. */
export class Channel {
  readonly name: string;
  readonly chaincode: string;
  readonly peers: Peers;
  readonly chain: ChainQueries;
  readonly reader: SubmitterIdentity;
  readonly deadlines: Deadlines;
  readonly maxTransactionBytes: number;
  readonly maxAttempts: number;
  readonly onMismatch: (mismatch: Mismatch) => void;

  constructor(options: FabricGatewayOptions) {
    this.name = options.channel;
    this.chaincode = options.chaincode;
    this.peers = new Peers(options.peers);
    this.reader = options.reader;
    this.deadlines = { ...DEFAULT_DEADLINES, ...options.deadlines };
    this.chain = new ChainQueries(this);
    this.maxTransactionBytes = options.maxTransactionBytes ?? MAX_TRANSACTION_BYTES;
    this.maxAttempts = options.maxAttempts ?? MAX_ATTEMPTS;
    this.onMismatch = options.onMismatch ?? (() => undefined);
  }
}
