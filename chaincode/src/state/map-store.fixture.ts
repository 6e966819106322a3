import { canonicalise, type Entity, keyOf } from '@veinledger/domain';
import { compositeKey } from './composite-key.js';
import type { Store } from './store.js';

/** A store over a map: what is put is committed. */
export class MapStore implements Store {
  readonly values = new Map<string, string>();

  constructor(...entities: readonly Entity[]) {
    this.put(...entities);
  }

  put(...entities: readonly Entity[]): void {
    for (const entity of entities)
      this.values.set(compositeKey(keyOf(entity)), canonicalise(entity));
  }

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.values.get(key));
  }

  range(prefix: string): Promise<readonly { readonly key: string; readonly value: string }[]> {
    const found = [...this.values].filter(([key]) => key.startsWith(prefix) && key !== prefix);
    found.sort(([one], [other]) => (one < other ? -1 : 1));
    return Promise.resolve(found.map(([key, value]) => ({ key, value })));
  }
}
