import { type OpenBox, openNote, sealNote } from '@veinledger/client/device';
import { database } from './database.js';

/** What a page remembers on the device, readable to who opens its keys. */
export class Notebook {
  readonly #open: OpenBox;
  readonly #programme: string;

  constructor(open: OpenBox, programme: string) {
    this.#open = open;
    this.#programme = programme;
  }

  async write(name: string, value: unknown): Promise<void> {
    const sealed = await sealNote(this.#open, name, JSON.stringify(value));
    await (await database()).put('notes', sealed, [this.#programme, name]);
  }

  /** What was written last under the name; undefined where nothing was, or by other keys. */
  async read(name: string): Promise<unknown> {
    const sealed = await (await database()).get('notes', [this.#programme, name]);
    if (sealed === undefined) return undefined;
    const text = await openNote(this.#open, name, sealed);
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** The names that begin so, of what was written and not forgotten. */
  async names(prefix: string): Promise<readonly string[]> {
    const own = IDBKeyRange.bound([this.#programme], [this.#programme, []]);
    const keys = await (await database()).getAllKeys('notes', own);
    return keys.map(([, name]) => name).filter((name) => name.startsWith(prefix));
  }

  async forget(name: string): Promise<void> {
    await (await database()).delete('notes', [this.#programme, name]);
  }
}
