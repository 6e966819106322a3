import type { KeyRead, RangeRead } from '@veinledger/chaincode/replay';
import { successor } from './key-order.js';
import type { StateEntry } from './store.js';

/** A range read in progress. What it saw goes into the read set, up to the key it came to. */
export class RangeScan {
  readonly #entries: AsyncIterator<StateEntry, unknown>;
  readonly #startKey: string;
  readonly #endKey: string;
  readonly #results: KeyRead[] = [];
  #exhausted = false;

  constructor(entries: AsyncIterator<StateEntry, unknown>, startKey: string, endKey: string) {
    this.#entries = entries;
    this.#startKey = startKey;
    this.#endKey = endKey;
  }

  /** The next entry, in the read set from now on; undefined at the end of the range. */
  async next(): Promise<StateEntry | undefined> {
    const entry = await this.#entries.next();
    if (entry.done === true) {
      this.#exhausted = true;
      return undefined;
    }
    this.#results.push({ key: entry.value.key, version: entry.value.version });
    return entry.value;
  }

  /** The key that follows, without reading it into the read set: a page's bookmark. Empty at the end. */
  async bookmark(): Promise<string> {
    const entry = await this.#entries.next();
    return entry.done === true ? '' : entry.value.key;
  }

  /** The range as far as it was read; undefined when nothing of it was. */
  read(): RangeRead | undefined {
    const last = this.#results.at(-1);
    if (!this.#exhausted && last === undefined) return undefined;
    const endKey = this.#exhausted || last === undefined ? this.#endKey : successor(last.key);
    return { startKey: this.#startKey, endKey, results: this.#results };
  }

  async close(): Promise<void> {
    await this.#entries.return?.();
  }
}
