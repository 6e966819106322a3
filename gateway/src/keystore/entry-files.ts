import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalise, sha256Base64url } from '@veinledger/domain';
import { z } from 'zod';
import { openPrivateFolder, readIfThere, writeDurably } from '@veinledger/ledger/storage';
import { type Entry, entrySchema } from './entry.js';
import { damaged, foreign } from './refusals.js';

const fileSchema = z.strictObject({ entry: entrySchema, digest: z.string() });
const RETIRED = 'retired';

/** The entries of a keystore, one file for each actor. */
export class EntryFiles {
  readonly #directory: string;
  readonly #network: string;

  private constructor(directory: string, network: string) {
    this.#directory = directory;
    this.#network = network;
  }

  /** Opens the entries in a folder, or makes a new folder. */
  static async open(directory: string, network: string): Promise<EntryFiles> {
    await openPrivateFolder(directory);
    await openPrivateFolder(join(directory, RETIRED));
    return new EntryFiles(directory, network);
  }

  /**
   * The actor's entry; undefined when there is none.
   * @throws ProblemError 409 KEYSTORE_ENTRY_DAMAGED, KEYSTORE_ENTRY_FOREIGN
   */
  async find(actor: string): Promise<Entry | undefined> {
    const content = await readIfThere(this.#file(actor));
    if (content === undefined) return undefined;
    const entry = read(content.toString());
    if (entry.actor !== actor || entry.network !== this.#network) throw foreign();
    return entry;
  }

  /** Writes an entry, on disk when this returns. */
  async put(written: Entry): Promise<void> {
    const entry = entrySchema.parse(written);
    const content = { entry, digest: sha256Base64url(canonicalise(entry)) };
    await writeDurably(this.#file(entry.actor), `${canonicalise(content)}\n`);
  }

  /** Puts an actor's file aside, whatever it holds; nothing is destroyed. */
  async retire(actor: string, at: Date): Promise<void> {
    const name = `${actor}.${at.getTime()}.json`;
    const taken = await readdir(join(this.#directory, RETIRED));
    if (taken.includes(name)) throw new Error(`keystore: expected no retired ${name}`);
    if ((await readIfThere(this.#file(actor))) === undefined) return;
    await rename(this.#file(actor), join(this.#directory, RETIRED, name));
  }

  #file(actor: string): string {
    return join(this.#directory, `${actor}.json`);
  }
}

function read(text: string): Entry {
  try {
    const { entry, digest } = fileSchema.parse(JSON.parse(text));
    if (digest === sha256Base64url(canonicalise(entry))) return entry;
  } catch {
    throw damaged();
  }
  throw damaged();
}
