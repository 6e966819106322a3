import { readdirSync } from 'node:fs';
import { HomeFiles } from '../plan/index.js';
import { ProcessController } from './process-controller.js';
import { SupervisedProcesses } from './supervised.js';

const RECONCILE_MS = 100;

/** Keeps every process of a home as its members want it. */
export class Supervisor {
  readonly #files: HomeFiles;
  readonly #log: (line: string) => void;
  readonly #controllers = new Map<string, ProcessController>();
  #timer: NodeJS.Timeout | undefined;

  constructor(home: string, log: (line: string) => void) {
    this.#files = new HomeFiles(home);
    this.#log = log;
  }

  start(): void {
    this.reload();
    this.#timer = setInterval(() => this.#reconcile(), RECONCILE_MS);
    this.#reconcile();
  }

  /** Reads anew what is wanted. */
  reload(): void {
    const forgotten = new Set(this.#controllers.keys());
    for (const id of readdirSync(this.#files.members)) {
      const files = this.#files.member(id);
      for (const wanted of new SupervisedProcesses(files).all()) {
        forgotten.delete(wanted.spec.name);
        const known = this.#controllers.get(wanted.spec.name);
        if (known !== undefined) known.want(wanted);
        else
          this.#controllers.set(wanted.spec.name, new ProcessController(files, wanted, this.#log));
      }
    }
    for (const name of forgotten) this.#controllers.get(name)?.dismiss();
  }

  /** Starts and stops nothing more. What runs goes on. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#controllers.values()].map((controller) => controller.settle()));
  }

  #reconcile(): void {
    for (const controller of this.#controllers.values()) controller.reconcile();
  }
}
