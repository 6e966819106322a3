import type { ClassicLevel } from 'classic-level';

/** Keys to list: from the first that is not below `from`, in the order of their UTF-8 bytes. */
export interface KeyRange {
  readonly from?: string;
  /** the first key that is not listed any more */
  readonly before?: string;
  readonly limit?: number;
  readonly reverse?: boolean;
}

/** The JSON values of one concern by key. What was written is on disk when the call returns. */
export class Collection<Value> {
  readonly #db: ClassicLevel;
  readonly #entries;
  readonly #read: (value: unknown) => Value;

  constructor(db: ClassicLevel, name: string, read: (value: unknown) => Value) {
    this.#db = db;
    this.#entries = db.sublevel(name);
    this.#read = read;
  }

  async get(key: string): Promise<Value | undefined> {
    const text = await this.#entries.get(key);
    return text === undefined ? undefined : this.#read(JSON.parse(text));
  }

  put(key: string, value: Value): Promise<void> {
    return this.change([[key, value]]);
  }

  delete(key: string): Promise<void> {
    return this.change([[key, undefined]]);
  }

  /** Writes and deletes (undefined) several entries, all of them or none. */
  change(entries: Iterable<readonly [string, Value | undefined]>): Promise<void> {
    const operations = [...entries].map(([key, value]) => {
      const place = { sublevel: this.#entries, key };
      return value === undefined
        ? { type: 'del' as const, ...place }
        : { type: 'put' as const, ...place, value: JSON.stringify(value) };
    });
    return this.#db.batch<string, string>(operations, { sync: true });
  }

  /** Entries in the order of their keys. */
  async *entries({ from, before, limit, reverse }: KeyRange = {}): AsyncGenerator<[string, Value]> {
    const range = {
      ...(from === undefined ? {} : { gte: from }),
      ...(before === undefined ? {} : { lt: before }),
      ...(limit === undefined ? {} : { limit }),
      ...(reverse === undefined ? {} : { reverse }),
    };
    for await (const [key, text] of this.#entries.iterator(range)) {
      yield [key, this.#read(JSON.parse(text))];
    }
  }
}
