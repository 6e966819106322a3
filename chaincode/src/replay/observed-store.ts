import type { Store } from '../state/store.js';

/** A store that remembers which keys and which prefixes were asked for. */
export class ObservedStore implements Store {
  readonly #store: Store;
  readonly #keys = new Set<string>();
  readonly #prefixes = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  get keys(): ReadonlySet<string> {
    return this.#keys;
  }

  get prefixes(): ReadonlySet<string> {
    return this.#prefixes;
  }

  get(key: string): Promise<string | undefined> {
    this.#keys.add(key);
    return this.#store.get(key);
  }

  range(prefix: string): Promise<readonly { readonly key: string; readonly value: string }[]> {
    this.#prefixes.add(prefix);
    return this.#store.range(prefix);
  }
}
