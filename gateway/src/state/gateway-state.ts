import { ClassicLevel } from 'classic-level';
import {
  copyLevel,
  formatFault,
  formatOf,
  openPrivateFolder,
  presentFormat,
} from '@veinledger/ledger/storage';
import { Collection } from './collection.js';
import { GATEWAY_STATE } from './state-format.js';

/** What a gateway remembers for itself: nothing here decides what the ledger holds. */
export class GatewayState {
  readonly #db: ClassicLevel;

  private constructor(db: ClassicLevel) {
    this.#db = db;
  }

  /**
   * Opens the state in a folder, or makes a new one there.
   * @throws classic-level's error when another process has it open; Error when another version wrote it, in another format
   */
  static async open(directory: string): Promise<GatewayState> {
    await openPrivateFolder(directory);
    const db = new ClassicLevel(directory);
    await db.open();
    try {
      await requireFormat(db, directory);
      return new GatewayState(db);
    } catch (error) {
      await db.close();
      throw error;
    }
  }

  /** The entries of one concern, apart from all others'. */
  collection<Value>(name: string, read: (value: unknown) => Value): Collection<Value> {
    return new Collection(this.#db, name, read);
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

async function requireFormat(db: ClassicLevel, directory: string): Promise<void> {
  const found = await formatOf(GATEWAY_STATE, db);
  if (found === undefined) return GATEWAY_STATE.stamp(db, presentFormat(GATEWAY_STATE));
  const fault = formatFault(GATEWAY_STATE, directory, found);
  if (fault !== undefined) throw new Error(fault);
}
