import { setTimeout as delay } from 'node:timers/promises';
import { VALIDATION, type LedgerBlock, type LedgerTransaction } from '@veinledger/chaincode/replay';
import { AcceptedWork } from '../accepted-work.js';
import {
  LedgerError,
  type ChainVerification,
  type Commit,
  type CommitStatus,
  type Invocation,
  type Ledger,
  type SubmitOptions,
} from '../port.js';
import { walkChain } from './chain-walk.js';
import { Committer } from './committer.js';
import { Endorser, type EndorsedTransaction } from './endorser.js';
import { openStore } from './open-store.js';
import type { EmbeddedLedgerOptions } from './options.js';
import type { Store } from './store.js';

const MAX_TRANSACTION_BYTES = 500 * 1024;
const MAX_ATTEMPTS = 8;
/** before the second attempt, milliseconds; doubles with each further one up to the last */
const FIRST_DELAY = 2;
const LAST_DELAY = 128;

/**
 * Opens the ledger in a directory, or makes a new one there.
 * Throws a {@link LedgerError} of kind `unavailable` when another process has it open, or when the directory
 * belongs to another channel or organisation.
 */
export async function openEmbeddedLedger(options: EmbeddedLedgerOptions): Promise<Ledger> {
  const store = await openStore(options);
  return new EmbeddedLedger(store, new Committer(store, await store.head()), options);
}

/** One organisation's ledger in this process: endorses, orders and stores alone. */
class EmbeddedLedger implements Ledger {
  readonly name = 'embedded';
  readonly #store: Store;
  readonly #endorser: Endorser;
  readonly #committer: Committer;
  readonly #maxTransactionBytes: number;
  readonly #maxAttempts: number;
  readonly #work = new AcceptedWork();

  constructor(store: Store, committer: Committer, options: EmbeddedLedgerOptions) {
    this.#store = store;
    this.#committer = committer;
    this.#endorser = new Endorser(store, options);
    this.#maxTransactionBytes = options.maxTransactionBytes ?? MAX_TRANSACTION_BYTES;
    this.#maxAttempts = options.maxAttempts ?? MAX_ATTEMPTS;
  }

  submit(invocation: Invocation, options: SubmitOptions = {}): Promise<Commit> {
    return this.#work.do(async () => {
      for (let attempt = 1; ; attempt += 1) {
        const transaction = await this.#endorser.endorse(invocation);
        const { transactionId } = transaction;
        this.#checkSize(transaction);
        await options.onPrepared?.(transactionId);
        const { block, validationCode } = await this.#committer.commit(transaction);
        if (validationCode === VALIDATION.VALID) {
          return { transactionId, block, result: transaction.response };
        }
        if (attempt === this.#maxAttempts) {
          const message = `${invocation.function} conflicted ${attempt} times, last with code ${validationCode}`;
          throw new LedgerError('conflict', message, { transactionId });
        }
        await delay(Math.min(FIRST_DELAY * 2 ** (attempt - 1), LAST_DELAY));
      }
    });
  }

  evaluate(invocation: Invocation): Promise<string> {
    return this.#work.do(async () => (await this.#endorser.endorse(invocation)).response);
  }

  async status(transactionId: string): Promise<CommitStatus> {
    const transaction = await this.transaction(transactionId);
    if (transaction === undefined) return { state: 'unknown' };
    const { block, validationCode } = transaction;
    if (validationCode === VALIDATION.VALID) return { state: 'valid', block };
    return { state: 'invalid', block, validationCode };
  }

  transaction(transactionId: string): Promise<LedgerTransaction | undefined> {
    return this.#work.do(() => this.#store.transaction(transactionId));
  }

  height(): Promise<number> {
    return this.#work.do(() => Promise.resolve(this.#committer.height));
  }

  blocks(first = 0): AsyncIterable<LedgerBlock> {
    return this.#blocks(first, this.#committer.height);
  }

  async *follow(first: number, signal: AbortSignal): AsyncGenerator<LedgerBlock, void> {
    for (let number = first; ; number += 1) {
      while (!signal.aborted && (await this.height()) <= number) {
        await this.#committer.grown(number, signal);
      }
      if (signal.aborted) return;
      yield await this.#work.do(() => this.#block(number));
    }
  }

  verify(): Promise<ChainVerification> {
    return this.#work.do(() => walkChain(this.#store));
  }

  close(): Promise<void> {
    const closed = this.#work.close(() => this.#store.close());
    this.#committer.release();
    return closed;
  }

  async *#blocks(first: number, height: number): AsyncGenerator<LedgerBlock> {
    for (let number = first; number < height; number += 1) {
      yield await this.#work.do(() => this.#block(number));
    }
  }

  async #block(number: number): Promise<LedgerBlock> {
    const header = await this.#store.header(number);
    if (header === undefined) throw new LedgerError('unavailable', `block ${number} is missing`);
    const serialised = await this.#store.serialisedTransactions(number);
    const transactions = serialised.map((text) => JSON.parse(text) as LedgerTransaction);
    const { previousHash, dataHash } = header;
    return { number, previousHash, dataHash, transactions };
  }

  #checkSize(transaction: EndorsedTransaction): void {
    const size = Buffer.byteLength(JSON.stringify(transaction));
    if (size <= this.#maxTransactionBytes) return;
    const message = `TRANSACTION_TOO_LARGE: expected at most ${this.#maxTransactionBytes} bytes, found ${size}`;
    throw new LedgerError('contract', message, { transactionId: transaction.transactionId });
  }
}
