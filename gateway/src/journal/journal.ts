import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { PRIVATE_FILE, readIfThere, writeDurably } from '@veinledger/ledger/storage';

const entrySchema = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('prepared'),
    at: z.string(),
    transactionId: z.string(),
    commandId: z.string(),
  }),
  z.strictObject({ event: z.literal('settled'), transactionId: z.string() }),
]);
type Entry = z.infer<typeof entrySchema>;

/** A transaction that was sent, of which the gateway does not know what became. */
export interface Unsettled {
  readonly transactionId: string;
  readonly commandId: string;
  /** when it was prepared, RFC 3339 */
  readonly at: string;
}

/**
 * Which transactions this gateway sent, one JSON entry a line. A transaction's id is on disk before the transaction is
 * sent, so that after a crash nobody has to guess. It names no person: transaction and command ids only.
 */
export class SubmissionJournal {
  readonly #handle: FileHandle;
  readonly #unsettled: Map<string, Unsettled>;
  #waiting: string[] = [];
  #writing: Promise<void> = Promise.resolve();

  private constructor(handle: FileHandle, unsettled: Map<string, Unsettled>) {
    this.#handle = handle;
    this.#unsettled = unsettled;
  }

  /**
   * Opens the journal, and rewrites it without what is settled.
   * @throws Error when a line that is not the last one cannot be read
   */
  static async open(file: string): Promise<SubmissionJournal> {
    const unsettled = new Map<string, Unsettled>();
    for (const entry of parse(file, String((await readIfThere(file)) ?? '')))
      note(unsettled, entry);
    await writeDurably(file, linesOf(unsettled));
    return new SubmissionJournal(await open(file, 'a', PRIVATE_FILE), unsettled);
  }

  /** Writes down that a transaction is about to be sent; on disk when this returns. */
  async prepared(transactionId: string, commandId: string): Promise<void> {
    await this.#append({
      event: 'prepared',
      at: new Date().toISOString(),
      transactionId,
      commandId,
    });
  }

  /**
   * Notes that it is known what became of a transaction. That is written with the next transaction that is prepared,
   * or at the end: where a crash loses it, the transaction is looked up once more.
   */
  settled(transactionId: string): void {
    if (!this.#unsettled.has(transactionId)) return;
    const entry: Entry = { event: 'settled', transactionId };
    note(this.#unsettled, entry);
    this.#waiting.push(line(entry));
  }

  /** What was sent and not settled, of one command or of all. */
  unsettled(commandId?: string): readonly Unsettled[] {
    const all = [...this.#unsettled.values()];
    return commandId === undefined ? all : all.filter((each) => each.commandId === commandId);
  }

  /** What a journal's file holds that knows of the unsettled transactions only. */
  unsettledText(): string {
    return linesOf(this.#unsettled);
  }

  /** Writes what was accepted, then lets go of the file. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#flush();
    await this.#handle.close();
  }

  #append(entry: Entry): Promise<void> {
    note(this.#unsettled, entry);
    this.#waiting.push(line(entry));
    this.#writing = this.#writing.then(
      () => this.#flush(),
      () => this.#flush(),
    );
    return this.#writing;
  }

  /** Everything that waits goes to the disk with one sync. */
  async #flush(): Promise<void> {
    const lines = this.#waiting.join('');
    this.#waiting = [];
    if (lines === '') return;
    await this.#handle.appendFile(lines);
    await this.#handle.datasync();
  }
}

function line(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}

function linesOf(unsettled: ReadonlyMap<string, Unsettled>): string {
  return [...unsettled.values()].map((each) => line({ event: 'prepared', ...each })).join('');
}

function note(unsettled: Map<string, Unsettled>, entry: Entry): void {
  if (entry.event === 'settled') {
    unsettled.delete(entry.transactionId);
    return;
  }
  const { transactionId, commandId, at } = entry;
  unsettled.set(transactionId, { transactionId, commandId, at });
}

/** A last line without its end was cut short by a crash: its transaction was not sent. */
function parse(file: string, content: string): Entry[] {
  const lines = content.split('\n');
  lines.pop();
  return lines.map((text, index) => {
    try {
      return entrySchema.parse(JSON.parse(text));
    } catch (cause) {
      throw new Error(`${file}: line ${index + 1} is no journal entry`, { cause });
    }
  });
}
