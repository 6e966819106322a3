/** How many results a peer sends at a time. */
const BATCH = 100;
/** core.yaml `ledger.state.totalQueryLimit`: a query silently ends there. */
const TOTAL_QUERY_LIMIT = 100_000;

/** A query that is answered in batches of 100. Like a peer it reads one result ahead of a full batch. */
export class PendingQuery {
  readonly #next: () => Promise<Uint8Array | undefined>;
  #held: Uint8Array[] = [];
  #total = 0;

  constructor(next: () => Promise<Uint8Array | undefined>) {
    this.#next = next;
  }

  async batch(): Promise<{ results: readonly Uint8Array[]; hasMore: boolean }> {
    for (;;) {
      const result = this.#total < TOTAL_QUERY_LIMIT ? await this.#next() : undefined;
      if (result === undefined) return { results: this.#cut(), hasMore: false };
      this.#total += 1;
      if (this.#held.length === BATCH) {
        return { results: this.#cut(result), hasMore: true };
      }
      this.#held.push(result);
    }
  }

  #cut(...ahead: Uint8Array[]): readonly Uint8Array[] {
    const results = this.#held;
    this.#held = ahead;
    return results;
  }
}
