import { setTimeout as delay } from 'node:timers/promises';
import { VALIDATION, type LedgerBlock, type LedgerTransaction } from '@veinledger/chaincode/replay';
import { AcceptedWork } from '../accepted-work.js';
import {
  type BlockListener,
  LedgerError,
  type ChainVerification,
  type Commit,
  type CommitStatus,
  type Invocation,
  type LedgerCopy,
  type OwnLedger,
  type SubmitOptions,
  type VerifyOptions,
} from '../port.js';
import { walkChain } from './chain-walk.js';
import { Committer } from './committer.js';
import { Endorser, type EndorsedTransaction } from './endorser.js';
import { openStore } from './open-store.js';
import type { EmbeddedLedgerOptions } from './options.js';
import type { Store } from './store.js';

const MAX_TRANSACTION_BYTES = 500 * 1024;
const MAX_ATTEMPTS = 16;
/** before the second attempt, milliseconds; doubles with each further one up to the last */
const FIRST_DELAY = 2;
const LAST_DELAY = 128;

/**
 * Opens the ledger in a directory, or makes a new one there.
 * Throws a {@link LedgerError} of kind `unavailable` when another process has it open, or when the directory
 * belongs to another channel or organisation.
 */
export async function openEmbeddedLedger(options: EmbeddedLedgerOptions): Promise<OwnLedger> {
  const store = await openStore(options);
  try {
    return new EmbeddedLedger(store, new Committer(store, await store.head()), options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** One organisation's ledger in this process: endorses, orders and stores alone. */
class EmbeddedLedger implements OwnLedger {
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
        // those that conflicted with each other must not meet again
        await delay(Math.random() * Math.min(FIRST_DELAY * 2 ** (attempt - 1), LAST_DELAY));
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

  verify(options: VerifyOptions = {}): Promise<ChainVerification> {
    return this.#work.do(() => walkChain(this.#store, options));
  }

  listen(listener: BlockListener): () => void {
    return this.#committer.listen(listener);
  }

  get waiting(): number {
    return this.#committer.waiting;
  }

  copyTo(directory: string, signal?: AbortSignal): Promise<LedgerCopy> {
    return this.#work.do(() => this.#store.copyTo(directory, signal));
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
    if (largestSize(transaction) <= this.#maxTransactionBytes) return;
    const size = Buffer.byteLength(JSON.stringify(transaction));
    if (size <= this.#maxTransactionBytes) return;
    const message = `TRANSACTION_TOO_LARGE: expected at most ${this.#maxTransactionBytes} bytes, found ${size}`;
    throw new LedgerError('contract', message, { transactionId: transaction.transactionId });
  }
}

/** The most bytes that one character of a string takes in JSON: an escape. */
const BYTES_PER_CHARACTER = 6;
/** More than names, punctuation and versions take for one key. */
const BYTES_BESIDE_TEXT = 128;

/** A size that a transaction's JSON cannot exceed, found without writing it. */
function largestSize({ args, reads, rangeReads, writes, ...rest }: EndorsedTransaction): number {
  const keys = [...reads, ...rangeReads.flatMap(({ results }) => results)];
  const characters = [
    ...args.map((text) => text.length),
    ...keys.map(({ key }) => key.length),
    ...writes.map(({ key, value }) => key.length + (value?.length ?? 0)),
    rest.response.length,
    rest.event?.name.length ?? 0,
    rest.event?.payload.length ?? 0,
    rest.creator.certificate.length,
  ].reduce((sum, each) => sum + each, 0);
  const parts = 16 + args.length + keys.length + 3 * rangeReads.length + writes.length;
  const ranges = rangeReads.reduce(
    (sum, each) => sum + each.startKey.length + each.endKey.length,
    0,
  );
  return (characters + ranges) * BYTES_PER_CHARACTER + parts * BYTES_BESIDE_TEXT;
}
