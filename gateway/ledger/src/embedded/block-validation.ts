import {
  VALIDATION,
  type KeyWrite,
  type LedgerTransaction,
  type RangeRead,
  type Version,
} from '@veinledger/chaincode/replay';
import type { EndorsedTransaction } from './endorser.js';
import { inRange } from './key-order.js';
import type { Store } from './store.js';
import { sameVersion } from './versioned-value.js';

type ValidationCode = LedgerTransaction['validationCode'];

/**
 * Validates the transactions of one block in order, each against the committed state and what valid ones
 * before it in the block wrote, as Fabric's validator does: point reads first, then ranges.
 */
export class BlockValidation {
  readonly #store: Store;
  readonly #committed: ReadonlyMap<string, Version | null>;
  /** by key: the version that this block gives it, null when it deletes it */
  readonly #written = new Map<string, Version | null>();

  private constructor(store: Store, committed: ReadonlyMap<string, Version | null>) {
    this.#store = store;
    this.#committed = committed;
  }

  /** Looks up the current version of every key that the block's transactions read, at once. */
  static begin(store: Store, transactions: readonly EndorsedTransaction[]): BlockValidation {
    const keys = new Set(transactions.flatMap(({ reads }) => reads.map(({ key }) => key)));
    return new BlockValidation(store, store.versions(keys));
  }

  /** The next transaction's validation code; when valid, its writes count for those after it. */
  async next(transaction: EndorsedTransaction, version: Version): Promise<ValidationCode> {
    for (const { key, version: seen } of transaction.reads) {
      if (!sameVersion(seen, this.#current(key))) return VALIDATION.MVCC_READ_CONFLICT;
    }
    for (const read of transaction.rangeReads) {
      if (!(await this.#unchanged(read))) return VALIDATION.PHANTOM_READ_CONFLICT;
    }
    this.#apply(transaction.writes, version);
    return VALIDATION.VALID;
  }

  #current(key: string): Version | null {
    return (
      this.#written.get(key) ?? (this.#written.has(key) ? null : (this.#committed.get(key) ?? null))
    );
  }

  async #unchanged({ startKey, endKey, results }: RangeRead): Promise<boolean> {
    for (const [key, version] of this.#written) {
      const touchesResult = version !== null || results.some((result) => result.key === key);
      if (touchesResult && inRange(key, startKey, endKey)) return false;
    }
    let at = 0;
    for await (const { key, version } of this.#store.range(startKey, endKey)) {
      const result = results[at];
      if (result?.key !== key || !sameVersion(result.version, version)) return false;
      at += 1;
    }
    return at === results.length;
  }

  #apply(writes: readonly KeyWrite[], version: Version): void {
    for (const { key, value } of writes) this.#written.set(key, value === null ? null : version);
  }
}
