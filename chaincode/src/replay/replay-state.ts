import { createHash } from 'node:crypto';
import { canonicalise } from '@veinledger/domain';
import type { Store } from '../state/store.js';
import type { KeyRead, KeyWrite, Version } from './block.js';
import { compareKeys } from './key-order.js';

interface Entry {
  readonly value: string;
  readonly version: Version;
}

/** A state with its version as a peer keeps it, in memory: what the blocks so far have written. */
export class ReplayState implements Store {
  readonly #entries = new Map<string, Entry>();
  /** in the order of the keys' bytes */
  readonly #keys: string[] = [];

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.#entries.get(key)?.value);
  }

  range(prefix: string): Promise<readonly { readonly key: string; readonly value: string }[]> {
    const found: { key: string; value: string }[] = [];
    for (let at = this.#place(prefix); at < this.#keys.length; at += 1) {
      const key = this.#keys[at] ?? '';
      if (!key.startsWith(prefix)) break;
      if (key !== prefix) found.push({ key, value: this.#entries.get(key)?.value ?? '' });
    }
    return Promise.resolve(found);
  }

  /** Where the key was last written; null when it is absent. */
  version(key: string): Version | null {
    return this.#entries.get(key)?.version ?? null;
  }

  /** The keys of `[startKey, endKey)` with their versions; an empty end key means no end. */
  between(startKey: string, endKey: string): readonly KeyRead[] {
    const end = endKey === '' ? this.#keys.length : this.#place(endKey);
    return this.#keys
      .slice(this.#place(startKey), end)
      .map((key) => ({ key, version: this.version(key) }));
  }

  /** Writes what a valid transaction wrote. */
  apply(writes: readonly KeyWrite[], version: Version): void {
    for (const { key, value } of writes) {
      const place = this.#place(key);
      const present = this.#entries.has(key);
      if (value === null) {
        this.#entries.delete(key);
        if (present) this.#keys.splice(place, 1);
      } else {
        this.#entries.set(key, { value, version });
        if (!present) this.#keys.splice(place, 0, key);
      }
    }
  }

  /** Every key with its value and version, in the order of the keys' bytes. */
  *entries(): Generator<KeyRead & { readonly value: string }> {
    for (const key of this.#keys) {
      const entry = this.#entries.get(key);
      if (entry) yield { key, ...entry };
    }
  }

  /** SHA-256, base64url, over a line of canonical JSON `[key,value]` for each key in byte order. */
  digest(): string {
    const hash = createHash('sha256');
    for (const { key, value } of this.entries()) hash.update(`${canonicalise([key, value])}\n`);
    return hash.digest('base64url');
  }

  /** The place of the first key that is not before this one. */
  #place(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(this.#keys[middle] ?? '', key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
