import type { Snapshot } from './snapshot.js';

/** A snapshot that several look at; each closes it once. */
export interface View {
  readonly snapshot: Snapshot;
  close(): Promise<void>;
}

interface Shared {
  readonly snapshot: Snapshot;
  users: number;
}

/** Gives everybody who looks at the same state the same snapshot: taking one costs as much as reading several keys. */
export class SharedView {
  readonly #take: () => Snapshot;
  #latest: Shared | undefined;

  constructor(take: () => Snapshot) {
    this.#take = take;
  }

  /** Everything that is committed now. */
  open(): View {
    const shared = (this.#latest ??= { snapshot: this.#take(), users: 0 });
    shared.users += 1;
    let closed = false;
    return {
      snapshot: shared.snapshot,
      close: async () => {
        if (closed) return;
        closed = true;
        shared.users -= 1;
        if (shared.users > 0) return;
        if (this.#latest === shared) this.#latest = undefined;
        await shared.snapshot.close();
      },
    };
  }

  /** The state has changed: whoever opens a view from now on sees it. */
  renew(): void {
    this.#latest = undefined;
  }
}
