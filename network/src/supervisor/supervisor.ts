import { readdirSync } from 'node:fs';
import { HomeFiles } from '../plan/index.js';
import { Keeper } from './keeper.js';
import { SupervisedProcesses } from './supervised.js';

const LOOK_MS = 100;

/** Keeps every process of a home as its members want it. */
export class Supervisor {
  readonly #files: HomeFiles;
  readonly #log: (line: string) => void;
  readonly #keepers = new Map<string, Keeper>();
  #timer: NodeJS.Timeout | undefined;

  constructor(home: string, log: (line: string) => void) {
    this.#files = new HomeFiles(home);
    this.#log = log;
  }

  start(): void {
    this.reload();
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
  }

  /** Reads anew what is wanted. */
  reload(): void {
    const forgotten = new Set(this.#keepers.keys());
    for (const id of readdirSync(this.#files.members)) {
      const files = this.#files.member(id);
      for (const wanted of new SupervisedProcesses(files).all()) {
        forgotten.delete(wanted.spec.name);
        const known = this.#keepers.get(wanted.spec.name);
        if (known !== undefined) known.want(wanted);
        else this.#keepers.set(wanted.spec.name, new Keeper(files, wanted, this.#log));
      }
    }
    for (const name of forgotten) this.#keepers.get(name)?.dismiss();
  }

  /** Starts and stops nothing more. What runs goes on. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#keepers.values()].map((keeper) => keeper.settle()));
  }

  #look(): void {
    for (const keeper of this.#keepers.values()) keeper.look();
  }
}
