import type {
  KeyRead,
  KeyWrite,
  LedgerTransaction,
  RangeRead,
  Version,
} from '@veinledger/chaincode/replay';
import { compareKeys } from '@veinledger/chaincode/replay';
import { RangeScan } from './range-scan.js';
import { Refusal } from './refusal.js';
import type { View } from './shared-view.js';
import type { Snapshot } from './snapshot.js';
import type { Store } from './store.js';
import { decodeText, requireText } from './text.js';

/** What a transaction read and wrote, keys in byte order. */
export interface ReadWriteSet {
  readonly reads: readonly KeyRead[];
  readonly rangeReads: readonly RangeRead[];
  readonly writes: readonly KeyWrite[];
}

/**
 * Runs one transaction against one snapshot of the committed state. It sees nothing of its own writes, as
 * on a Fabric peer, and refuses what Fabric's transaction simulator refuses, in the same words.
 */
export class Simulation {
  readonly #store: Store;
  readonly #transactionId: string;
  readonly #view: View;
  readonly #snapshot: Snapshot;
  readonly #reads = new Map<string, Version | null>();
  readonly #writes = new Map<string, string | null>();
  readonly #scans: RangeScan[] = [];
  readonly #histories: AsyncGenerator<LedgerTransaction>[] = [];
  #writePerformed = false;
  #pagePerformed = false;
  #done = false;

  constructor(store: Store, transactionId: string) {
    this.#store = store;
    this.#transactionId = transactionId;
    this.#view = store.view();
    this.#snapshot = this.#view.snapshot;
  }

  /** The committed value; undefined when the key is absent. */
  get(key: string): string | undefined {
    this.#checkRunning();
    const found = this.#store.value(key, this.#snapshot);
    this.#reads.set(key, found?.version ?? null);
    return found?.value;
  }

  /** Puts a value; an empty one deletes the key, as in Fabric. Throws when the value is not UTF-8 text. */
  put(key: string, value: Uint8Array): void {
    this.#checkWrite();
    this.#writes.set(
      requireText('key', key),
      value.length === 0 ? null : decodeText(`value of ${key}`, value),
    );
  }

  delete(key: string): void {
    this.#checkWrite();
    this.#writes.set(requireText('key', key), null);
  }

  range(startKey: string, endKey: string): RangeScan {
    this.#checkRunning();
    const entries = this.#store.range(startKey, endKey, this.#snapshot);
    const scan = new RangeScan(entries, startKey, endKey);
    this.#scans.push(scan);
    return scan;
  }

  /** A range read by pages, which only a transaction that writes nothing may do. */
  page(startKey: string, endKey: string): RangeScan {
    if (this.#writePerformed) {
      throw new Refusal(
        `txid [${this.#transactionId}]: Paginated queries are supported only in a read-only transaction`,
      );
    }
    this.#pagePerformed = true;
    return this.range(startKey, endKey);
  }

  /** Who wrote a key, newest first. Not in the read set: Fabric does not validate history either. */
  history(key: string): AsyncGenerator<LedgerTransaction> {
    this.#checkRunning();
    const history = this.#store.history(key, this.#snapshot);
    this.#histories.push(history);
    return history;
  }

  /** Ends the simulation: later calls of a contract that did not wait are refused. */
  async finish(): Promise<ReadWriteSet> {
    this.#done = true;
    await Promise.all(this.#scans.map((scan) => scan.close()));
    await Promise.all(this.#histories.map((history) => history.return(undefined)));
    await this.#view.close();
    const sorted = <Value>(entries: Map<string, Value>) =>
      [...entries].sort(([left], [right]) => compareKeys(left, right));
    return {
      reads: sorted(this.#reads).map(([key, version]) => ({ key, version })),
      rangeReads: this.#scans.flatMap((scan) => scan.read() ?? []),
      writes: sorted(this.#writes).map(([key, value]) => ({ key, value })),
    };
  }

  #checkRunning(): void {
    if (this.#done) throw new Refusal(`txid [${this.#transactionId}]: the transaction is over`);
  }

  #checkWrite(): void {
    this.#checkRunning();
    this.#writePerformed = true;
    if (this.#pagePerformed) {
      throw new Refusal(
        `txid [${this.#transactionId}]: Transaction has already performed a paginated query. Writes are not allowed`,
      );
    }
  }
}
