import type { KeyObject } from 'node:crypto';

/** Imported keys by their base64url text; the least recently used one leaves when the cache is full. */
export class KeyCache {
  readonly #capacity: number;
  readonly #import: (text: string) => KeyObject | undefined;
  readonly #keys = new Map<string, KeyObject | undefined>();

  /** @param importKey gives undefined for a key that nothing verifies under */
  constructor(capacity: number, importKey: (text: string) => KeyObject | undefined) {
    this.#capacity = capacity;
    this.#import = importKey;
  }

  get size(): number {
    return this.#keys.size;
  }

  get(publicKey: Uint8Array): KeyObject | undefined {
    const text = Buffer.from(publicKey).toString('base64url');
    const known = this.#keys.has(text);
    const key = known ? this.#keys.get(text) : this.#import(text);
    this.#keys.delete(text);
    this.#keys.set(text, key);
    if (!known) this.#evict();
    return key;
  }

  #evict(): void {
    const oldest = this.#keys.keys().next();
    if (this.#keys.size > this.#capacity && oldest.done !== true) this.#keys.delete(oldest.value);
  }
}
