import { type LedgerTransaction, VALIDATION } from '@veinledger/chaincode/replay';
import type { Snapshot } from './snapshot.js';
import { positionKey, type Store } from './store.js';

/** What is wrong, and of which key where it is one's. */
interface Astray {
  readonly reason: string;
  readonly key?: string;
}

/**
 * Holds the indexes that reading goes by against the blocks: where a transaction of an id lies, and which transactions
 * wrote a key.
 */
export class IndexCheck {
  readonly #store: Store;
  readonly #snapshot: Snapshot;
  #positions = 0;
  #histories = 0;

  constructor(store: Store, snapshot: Snapshot) {
    this.#store = store;
    this.#snapshot = snapshot;
  }

  /** What is missing or wrong of a block's transactions; undefined when nothing is. */
  async block(transactions: readonly LedgerTransaction[]): Promise<Astray | undefined> {
    for (const { transactionId, block, index, validationCode, writes } of transactions) {
      const position = positionKey({ block, transaction: index });
      const found = await this.#store.position(transactionId, this.#snapshot);
      this.#positions += 1;
      if (found !== position) {
        const reason = `position of ${transactionId}: expected ${position}, found ${found ?? 'none'}`;
        return { reason };
      }
      if (validationCode !== VALIDATION.VALID) continue;
      for (const { key } of writes) {
        this.#histories += 1;
        if (await this.#store.isInHistory(key, position, this.#snapshot)) continue;
        return { reason: `history: ${position} is missing`, key: JSON.stringify(key) };
      }
    }
    return undefined;
  }

  /** How many entries there are that no block led to, once every block was looked at; undefined when there are none. */
  async beside(): Promise<string | undefined> {
    return (
      difference('positions', this.#positions, await this.#store.countPositions(this.#snapshot)) ??
      difference('histories', this.#histories, await this.#store.countHistories(this.#snapshot))
    );
  }
}

function difference(index: string, expected: number, found: number): string | undefined {
  if (expected === found) return undefined;
  return `${index}: expected ${expected} entries, found ${found}`;
}
