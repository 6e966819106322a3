import { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import { copyLevel, openPrivateFolder } from '@veinledger/ledger/storage';
import { Collection } from './collection.js';

/** In which form the state is kept: whoever changes it so that this version could not read it counts up. */
const FORMAT = 1;

/** What a gateway remembers for itself: nothing here decides what the ledger holds. */
export class GatewayState {
  readonly #db: ClassicLevel;

  private constructor(db: ClassicLevel) {
    this.#db = db;
  }

  /**
   * Opens the state in a folder, or makes a new one there.
   * @throws classic-level's error when another process has it open; Error when a later version wrote it
   */
  static async open(directory: string): Promise<GatewayState> {
    await openPrivateFolder(directory);
    const db = new ClassicLevel(directory);
    await db.open();
    const state = new GatewayState(db);
    try {
      await state.#requireFormat(directory);
      return state;
    } catch (error) {
      await db.close();
      throw error;
    }
  }

  /** What says no format is of a version that wrote none, and in this one. */
  async #requireFormat(directory: string): Promise<void> {
    const kept = this.collection('format', (value) => z.int().parse(value));
    const found = await kept.get('state');
    if (found === undefined) {
      await kept.put('state', FORMAT);
    } else if (found > FORMAT) {
      const why = `expected format ${FORMAT}, found ${found}: a later version wrote it`;
      throw new Error(`the gateway's state in ${directory}: ${why}`);
    }
  }

  /** The entries of one concern, apart from all others'. */
  collection<Value>(name: string, read: (value: unknown) => Value): Collection<Value> {
    return new Collection(this.#db, name, read);
  }

  /**
   * Forgets all entries of one concern, in the files too: LevelDB keeps what was deleted until it writes a file anew.
   */
  async forget(name: string): Promise<void> {
    const { prefix } = this.#db.sublevel(name);
    const range = { gte: prefix, lt: `${prefix}\u{10FFFF}` };
    await this.#db.clear(range);
    await this.#db.compactRange(range.gte, range.lt);
  }

  /** Copies everything, as it is now, into a new directory while writing goes on. */
  async copyTo(directory: string, signal?: AbortSignal): Promise<void> {
    const snapshot = this.#db.snapshot();
    try {
      await copyLevel(this.#db, snapshot, directory, { signal });
    } finally {
      await snapshot.close();
    }
  }

  close(): Promise<void> {
    return this.#db.close();
  }
}
