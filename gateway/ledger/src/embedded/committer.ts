import { VALIDATION, type LedgerTransaction } from '@veinledger/chaincode/replay';
import { type BlockListener, LedgerError } from '../port.js';
import { hashHeader, hashTransactions, serialiseTransaction } from './block-hash.js';
import { BlockValidation } from './block-validation.js';
import type { EndorsedTransaction } from './endorser.js';
import type { Head, Store } from './store.js';

/** The most transactions in a block. */
const MAX_BLOCK = 256;

export interface Committed {
  readonly block: number;
  readonly validationCode: number;
}

interface Waiting {
  readonly transaction: EndorsedTransaction;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: LedgerError) => void;
}

/** Orders endorsed transactions: whatever waits becomes one block, written with one sync. */
export class Committer {
  readonly #store: Store;
  #head: Head;
  readonly #listeners = new Set<BlockListener>();
  #waiting: Waiting[] = [];
  #writing = 0;
  #running = false;
  readonly #released = new AbortController();

  constructor(store: Store, head: Head) {
    this.#store = store;
    this.#head = head;
  }

  /** The number of blocks that are on disk. */
  get height(): number {
    return this.#head.height;
  }

  /** Transactions that no block on disk holds yet. */
  get waiting(): number {
    return this.#waiting.length + this.#writing;
  }

  /**
   * Resolves once a block on disk holds the transaction, valid or not.
   * Rejects with a {@link LedgerError} of kind `unknown-outcome` when writing the block fails.
   */
  commit(transaction: EndorsedTransaction): Promise<Committed> {
    const committed = new Promise<Committed>((resolve, reject) => {
      this.#waiting.push({ transaction, resolve, reject });
    });
    if (!this.#running) void this.#run();
    return committed;
  }

  /** Tells a listener of each block that is on disk, before its transactions' submitters; gives the way to end it. */
  listen(listener: BlockListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves once there are more blocks than that, the signal is aborted, or nobody is to wait any more. */
  async grown(height: number, signal: AbortSignal): Promise<void> {
    const ended = AbortSignal.any([signal, this.#released.signal]);
    if (this.#head.height > height || ended.aborted) return;
    await new Promise<void>((resolve) => {
      const woken = () => {
        unlisten();
        ended.removeEventListener('abort', woken);
        resolve();
      };
      const unlisten = this.listen(woken);
      ended.addEventListener('abort', woken);
    });
  }

  /** Lets nobody wait for blocks any more. */
  release(): void {
    this.#released.abort();
  }

  async #run(): Promise<void> {
    this.#running = true;
    // let those that are endorsed in the same turn into the first block
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, MAX_BLOCK);
      this.#writing = group.length;
      await this.#commitGroup(group);
      this.#writing = 0;
    }
    this.#running = false;
  }

  async #commitGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const transactions = await this.#validate(group.map(({ transaction }) => transaction));
      await this.#append(transactions);
      for (const listener of this.#listeners) listener(transactions);
      for (const [at, { block, validationCode }] of transactions.entries()) {
        group[at]?.resolve({ block, validationCode });
      }
    } catch (cause) {
      for (const { transaction, reject } of group) {
        const { transactionId } = transaction;
        const message = `writing the block failed: ${String(cause)}`;
        reject(new LedgerError('unknown-outcome', message, { transactionId, cause }));
      }
    }
  }

  async #validate(endorsed: readonly EndorsedTransaction[]): Promise<LedgerTransaction[]> {
    const block = this.#head.height;
    const validation = BlockValidation.begin(this.#store, endorsed);
    const transactions: LedgerTransaction[] = [];
    for (const [index, transaction] of endorsed.entries()) {
      const validationCode = await validation.next(transaction, { block, transaction: index });
      transactions.push({ ...transaction, block, index, validationCode });
    }
    return transactions;
  }

  async #append(transactions: readonly LedgerTransaction[]): Promise<void> {
    const { height: number, lastHash: previousHash } = this.#head;
    const serialised = transactions.map(serialiseTransaction);
    const dataHash = hashTransactions(serialised);
    const header = { number, previousHash, dataHash };
    const hash = hashHeader(header);
    await this.#store.append({ header, hash, transactions, serialised }, VALIDATION.VALID);
    this.#head = { height: number + 1, lastHash: hash };
  }
}
