import type { LedgerTransaction } from '@veinledger/chaincode/replay';
import type { Invocation, SubmitterIdentity } from '../port.js';
import type { RawBlock } from './parse/block.js';

/** How long a peer that did not answer is asked last, milliseconds; doubles while it goes on. */
const FIRST_REST = 2_000;
const LAST_REST = 16_000;

/** One evaluation of a chaincode at a peer. */
export interface Query extends Pick<Invocation, 'function' | 'args' | 'transient' | 'submitter'> {
  readonly chaincode: string;
}

/** What the validators made of a transaction. */
export type Validated = Pick<LedgerTransaction, 'block' | 'validationCode'>;

/** One peer of a channel, and what this ledger knows of it. Its calls throw a `PeerError`. */
export abstract class Peer {
  readonly mspId: string;
  readonly endpoint: string;
  #height = 0;
  #rest = FIRST_REST;
  #restsUntil = 0;

  constructor({ mspId, endpoint }: { readonly mspId: string; readonly endpoint: string }) {
    this.mspId = mspId;
    this.endpoint = endpoint;
  }

  /** Whether it makes sense to call now: connected, or refused at once; false when nothing answers. */
  abstract connects(): Promise<boolean>;

  /** What a chaincode answers here; nothing is ordered. */
  abstract evaluate(query: Query, deadline: number): Promise<Uint8Array>;

  /** Waits until this peer has committed a transaction. */
  abstract commitOf(
    transactionId: string,
    submitter: SubmitterIdentity,
    deadline: number,
  ): Promise<Validated>;

  /** Blocks from `first` on as this peer commits them, until it fails or the signal is aborted. */
  abstract deliver(first: number, signal: AbortSignal): AsyncIterable<RawBlock>;

  abstract close(): void;

  /** The number of blocks that it is known to hold; it may hold more. */
  get height(): number {
    return this.#height;
  }

  get resting(): boolean {
    return Date.now() < this.#restsUntil;
  }

  /** Takes note of a number of blocks that the peer holds. */
  holds(height: number): void {
    this.#height = Math.max(this.#height, height);
  }

  /** Takes note that the peer did not answer: it is asked last for a while. */
  failed(): void {
    if (this.resting) return;
    this.#restsUntil = Date.now() + this.#rest;
    this.#rest = Math.min(this.#rest * 2, LAST_REST);
  }

  /** Takes note that the peer answered. */
  answered(): void {
    this.#rest = FIRST_REST;
    this.#restsUntil = 0;
  }
}
