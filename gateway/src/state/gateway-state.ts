import { mkdir } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import { PRIVATE_FOLDER } from '../vault/durable-file.js';
import { Drawer } from './drawer.js';

/** What a gateway remembers for itself: nothing here decides what the ledger holds. */
export class GatewayState {
  readonly #db: ClassicLevel;

  private constructor(db: ClassicLevel) {
    this.#db = db;
  }

  /**
   * Opens the state in a folder, or makes a new one there.
   * @throws classic-level's error when another process has it open
   */
  static async open(directory: string): Promise<GatewayState> {
    await mkdir(directory, { recursive: true, mode: PRIVATE_FOLDER });
    const db = new ClassicLevel(directory);
    await db.open();
    return new GatewayState(db);
  }

  /** The entries of one concern, apart from all others'. */
  drawer<Value>(name: string, read: (value: unknown) => Value): Drawer<Value> {
    return new Drawer(this.#db, name, read);
  }

  /** The store itself, for a backup. */
  get store(): ClassicLevel {
    return this.#db;
  }

  close(): Promise<void> {
    return this.#db.close();
  }
}
