import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import { copyLevel } from './copy-level.js';
import { PRIVATE_FOLDER, syncFolder, syncFiles } from './durable-file.js';
import { type DatabaseKind, formatFault, formatOf, presentFormat } from './format.js';
import { holdsDatabase, isOpenElsewhere, openExisting, openFailure } from './open-level.js';

/** How far an upgrade came. What has ended is on disk. */
export type UpgradeProgress =
  | { readonly at: 'copying'; readonly copy: string; readonly entries: number }
  | { readonly at: 'written'; readonly copy: string }
  | { readonly at: 'copied'; readonly copy: string }
  | { readonly at: 'noted'; readonly copy: string }
  | { readonly at: 'step'; readonly number: number; readonly of: number; readonly says: string }
  | { readonly at: 'done'; readonly number: number; readonly of: number }
  | { readonly at: 'stamped'; readonly format: number };

type Tell = (progress: UpgradeProgress) => void;

/** What was begun last: once the database says the format `to`, it has ended. */
const begunSchema = z.strictObject({
  to: z.int(),
  /** the copy's folder, beside the database's */
  copy: z.string(),
});

const PARTIAL = '.partial';

/**
 * A database that nobody else has open, to be brought to the present format. The copy, each step and each stamp are on
 * disk before the next one begins: whenever the process dies, the next upgrade goes on from there.
 */
export class HeldDatabase {
  readonly kind: DatabaseKind;
  readonly folder: string;
  /** the format in which it was found */
  readonly found: number;
  readonly #db: ClassicLevel;

  private constructor(kind: DatabaseKind, folder: string, db: ClassicLevel, found: number) {
    this.kind = kind;
    this.folder = folder;
    this.#db = db;
    this.found = found;
  }

  /**
   * Takes the database in a folder; undefined where there is none yet.
   * @throws Error when somebody has it open, a later version wrote it, it cannot be taken along, or not be opened
   */
  static async take(kind: DatabaseKind, folder: string): Promise<HeldDatabase | undefined> {
    if (!holdsDatabase(folder)) return undefined;
    const db = await openExisting(folder).catch((error: unknown): never => {
      const why = isOpenElsewhere(error)
        ? 'expected nobody to have it open, found it open in another process: stop its gateway first'
        : `it cannot be opened: ${String(openFailure(error))}`;
      throw new Error(`${kind.name} in ${folder}: ${why}`, { cause: error });
    });
    try {
      const present = presentFormat(kind);
      const found = (await formatOf(kind, db)) ?? present;
      if (found > present) throw new Error(formatFault(kind, folder, found));
      const refusal = found < present ? await kind.refusal?.(db) : undefined;
      if (refusal !== undefined) throw new Error(`${kind.name} in ${folder}: ${refusal}`);
      return new HeldDatabase(kind, folder, db, found);
    } catch (error) {
      await db.close();
      throw error;
    }
  }

  /** The steps that are missing. */
  get missing(): DatabaseKind['steps'] {
    return this.kind.steps.slice(this.found - this.kind.unstamped);
  }

  /**
   * Copies the database beside its folder, and takes the missing steps.
   * @returns the folder of the copy; undefined where no step is missing, and nothing was done
   * @throws Error when the copy cannot be written, and nothing is changed; and what a step throws
   */
  async upgrade(tell: Tell): Promise<string | undefined> {
    if (this.missing.length === 0) return undefined;
    const copy = await this.#keepCopy(tell);
    await this.takeSteps(tell);
    return copy;
  }

  /** Takes the missing steps without a copy, and has the database say its format after each. */
  async takeSteps(tell: Tell): Promise<void> {
    const { missing, found, kind } = this;
    const of = missing.length;
    for (const [index, { says, run }] of missing.entries()) {
      const number = index + 1;
      tell({ at: 'step', number, of, says });
      await run(this.#db);
      tell({ at: 'done', number, of });
      await kind.stamp(this.#db, found + number);
      tell({ at: 'stamped', format: found + number });
    }
  }

  /** Lets go of it. */
  release(): Promise<void> {
    return this.#db.close();
  }

  /** The copy of what was found: that which an interrupted upgrade made, else a new one. */
  async #keepCopy(tell: Tell): Promise<string> {
    const made = await this.#copyOfBegun();
    if (made !== undefined) return made;
    const copy = freeName(`${this.folder}.format-${this.found}`);
    const partial = copy + PARTIAL;
    await rm(partial, { recursive: true, force: true });
    try {
      await this.#copyTo(partial, (entries) => tell({ at: 'copying', copy, entries }));
      tell({ at: 'written', copy });
      await rename(partial, copy);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
    await syncFolder(dirname(copy));
    tell({ at: 'copied', copy });
    await this.#noteBegun(copy);
    tell({ at: 'noted', copy });
    return copy;
  }

  async #copyTo(folder: string, onProgress: (entries: number) => void): Promise<void> {
    await mkdir(folder, { mode: PRIVATE_FOLDER });
    onProgress(0);
    const snapshot = this.#db.snapshot();
    try {
      await copyLevel(this.#db, snapshot, folder, { onProgress });
    } finally {
      await snapshot.close();
    }
    await syncFiles(folder);
  }

  get #notes() {
    return this.#db.sublevel('upgrade');
  }

  async #copyOfBegun(): Promise<string | undefined> {
    const text = await this.#notes.get('begun');
    if (text === undefined) return undefined;
    const begun = begunSchema.parse(JSON.parse(text));
    const copy = join(dirname(this.folder), begun.copy);
    return begun.to > this.found && existsSync(copy) ? copy : undefined;
  }

  #noteBegun(copy: string): Promise<void> {
    const value = JSON.stringify({ to: presentFormat(this.kind), copy: basename(copy) });
    const put = { type: 'put' as const, sublevel: this.#notes, key: 'begun', value };
    return this.#db.batch([put], { sync: true });
  }
}

/** What an earlier upgrade left under a name, before somebody went back, stays. */
function freeName(name: string): string {
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : `${name}-${number}`;
    if (!existsSync(tried)) return tried;
  }
}
