import type { LedgerTransaction, Version } from '@veinledger/chaincode/replay';
import { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import { copyLevel, formatFault, formatOf, presentFormat } from '@veinledger/ledger/storage';
import { type LedgerCopy, LedgerError } from '../port.js';
import { type BlockHeader, blockHeader } from './block-hash.js';
import { type Identity, LEDGER_FILES, readIdentity, writeIdentity } from './ledger-format.js';
import { SharedView, type View } from './shared-view.js';
import type { Snapshot } from './snapshot.js';
import { stored } from './stored.js';
import { decodeVersioned, encodeVersioned, type VersionedValue } from './versioned-value.js';

/** The chain's end: how many blocks there are, and the hash of the last header; empty where there is none. */
const headSchema = z.strictObject({
  height: z.int().min(0),
  lastHash: z.string().regex(/^(?:[0-9a-f]{64})?$/, 'a SHA-256 in hexadecimal digits'),
});

export type Head = z.infer<typeof headSchema>;

export interface StateEntry extends VersionedValue {
  readonly key: string;
}

/** A block with each transaction beside its serialised form. */
export interface NewBlock {
  readonly header: BlockHeader;
  readonly hash: string;
  readonly transactions: readonly LedgerTransaction[];
  readonly serialised: readonly string[];
}

/** More than LevelDB's 4 and 2 MiB: what is written passes through its levels less often. */
const WRITE_BUFFER_BYTES = 32 * 1024 * 1024;
const FILE_BYTES = 8 * 1024 * 1024;

const decimal = (value: number, digits: number): string => String(value).padStart(digits, '0');
const blockKey = (number: number): string => decimal(number, 12);
/** Under which key a transaction lies, by its place. */
export const positionKey = ({ block, transaction }: Version): string =>
  `${blockKey(block)}.${decimal(transaction, 6)}`;
/** The length comes first, so that no key's entries lie between those of another. */
const historyPrefix = (key: string): string => `${decimal(Buffer.byteLength(key), 8)}${key}`;
/** sorts after every decimal digit and the dot */
const AFTER_POSITIONS = ':';

/** The ledger's files: state with versions, history, blocks and transactions, in one LevelDB. */
export class Store {
  readonly #directory: string;
  readonly #db: ClassicLevel;
  readonly #state;
  readonly #history;
  readonly #headers;
  readonly #transactions;
  readonly #positions;
  readonly #meta;
  readonly #views = new SharedView(() => this.snapshot());

  constructor(directory: string) {
    this.#directory = directory;
    this.#db = new ClassicLevel(directory, {
      writeBufferSize: WRITE_BUFFER_BYTES,
      maxFileSize: FILE_BYTES,
    });
    this.#state = this.#db.sublevel('state');
    this.#history = this.#db.sublevel('history');
    this.#headers = this.#db.sublevel('headers');
    this.#transactions = this.#db.sublevel('transactions');
    this.#positions = this.#db.sublevel('positions');
    this.#meta = this.#db.sublevel('meta');
  }

  /** Opens or creates the files. Rejects with classic-level's error when another process holds them. */
  open(): Promise<void> {
    return this.#db.open();
  }

  close(): Promise<void> {
    return this.#db.close();
  }

  /** A view of everything committed up to now, shared with others who opened one since the last block; close it. */
  view(): View {
    return this.#views.open();
  }

  /** A snapshot of everything committed up to now; close it. */
  snapshot(): Snapshot {
    return this.#db.snapshot();
  }

  /** Copies everything committed up to now into a new directory. */
  async copyTo(directory: string, signal?: AbortSignal): Promise<LedgerCopy> {
    const snapshot = this.snapshot();
    try {
      const identity = await this.identity();
      if (identity === undefined) throw new Error('the ledger belongs to nobody');
      const { height, lastHash: headHash } = await this.head(snapshot);
      await copyLevel(this.#db, snapshot, directory, { signal });
      return { ...identity, height, headHash };
    } finally {
      await snapshot.close();
    }
  }

  /** @throws LedgerError `unavailable` when another version wrote what is here, in another format */
  async identity(): Promise<Identity | undefined> {
    const found = await formatOf(LEDGER_FILES, this.#db);
    const fault = found === undefined ? found : formatFault(LEDGER_FILES, this.#directory, found);
    if (fault !== undefined) throw new LedgerError('unavailable', fault);
    return readIdentity(this.#db);
  }

  writeIdentity(identity: Identity): Promise<void> {
    return writeIdentity(this.#db, identity, presentFormat(LEDGER_FILES));
  }

  /** @throws LedgerError `damaged` for what no ledger writes */
  async head(snapshot?: Snapshot): Promise<Head> {
    const text = await this.#meta.get('head', { snapshot });
    return text === undefined ? { height: 0, lastHash: '' } : stored(headSchema, text, 'head');
  }

  /** Read at once: what lies in LevelDB's memory costs less than a way to another thread and back. */
  value(key: string, snapshot?: Snapshot): VersionedValue | undefined {
    const stored = this.#state.getSync(key, { snapshot });
    return stored === undefined ? undefined : decodeVersioned(stored);
  }

  /** The current version of each key, null where it is absent. */
  versions(keys: Iterable<string>): Map<string, Version | null> {
    return new Map([...keys].map((key) => [key, this.value(key)?.version ?? null]));
  }

  /** The whole state as it is stored: {@link encodeVersioned} by key. */
  storedState(snapshot: Snapshot): AsyncIterable<[string, string]> {
    return this.#state.iterator({ snapshot });
  }

  /** The state in `[startKey, endKey)` by UTF-8 bytes; an empty end key means no end. */
  async *range(startKey: string, endKey: string, snapshot?: Snapshot): AsyncGenerator<StateEntry> {
    const end = endKey === '' ? {} : { lt: endKey };
    for await (const [key, stored] of this.#state.iterator({ gte: startKey, ...end, snapshot })) {
      yield { key, ...decodeVersioned(stored) };
    }
  }

  /** Where a key was written by valid transactions, newest first as in Fabric. */
  async *history(key: string, snapshot?: Snapshot): AsyncGenerator<LedgerTransaction> {
    const prefix = historyPrefix(key);
    const range = { gte: prefix, lt: prefix + AFTER_POSITIONS, reverse: true, snapshot };
    for await (const entry of this.#history.keys(range)) {
      const found = await this.transactionAt(entry.slice(prefix.length), snapshot);
      if (found?.writes.some((write) => write.key === key) !== true) {
        const message = `history of ${JSON.stringify(key)}: no transaction wrote it there`;
        throw new LedgerError('damaged', message);
      }
      yield found;
    }
  }

  /** Whether a key's history tells of the transaction at a position. */
  async isInHistory(key: string, position: string, snapshot: Snapshot): Promise<boolean> {
    return (await this.#history.get(historyPrefix(key) + position, { snapshot })) !== undefined;
  }

  /** The entries of all keys' histories. */
  countHistories(snapshot: Snapshot): Promise<number> {
    return count(this.#history.keys({ snapshot }));
  }

  /** @throws LedgerError `damaged` for what no ledger writes */
  async header(number: number, snapshot?: Snapshot): Promise<BlockHeader | undefined> {
    const text = await this.#headers.get(blockKey(number), { snapshot });
    return text === undefined ? undefined : stored(blockHeader, text, `header of block ${number}`);
  }

  /** A block's transactions in order, as they were serialised. */
  serialisedTransactions(block: number, snapshot?: Snapshot): Promise<string[]> {
    const prefix = `${blockKey(block)}.`;
    return this.#transactions.values({ gte: prefix, lt: prefix + AFTER_POSITIONS, snapshot }).all();
  }

  /** Under which keys a block's transactions lie, in order. */
  positionsOf(block: number, snapshot: Snapshot): Promise<string[]> {
    const prefix = `${blockKey(block)}.`;
    return this.#transactions.keys({ gte: prefix, lt: prefix + AFTER_POSITIONS, snapshot }).all();
  }

  /** @throws LedgerError `damaged` when another transaction lies at the id's position, or none */
  async transaction(transactionId: string): Promise<LedgerTransaction | undefined> {
    const position = await this.position(transactionId);
    if (position === undefined) return undefined;
    const found = await this.transactionAt(position);
    if (found?.transactionId === transactionId) return found;
    const message = `position of ${transactionId}: found ${found?.transactionId ?? 'nothing'} there`;
    throw new LedgerError('damaged', message, { transactionId });
  }

  /** Where a transaction lies, by its id. */
  position(transactionId: string, snapshot?: Snapshot): Promise<string | undefined> {
    return this.#positions.get(transactionId, { snapshot });
  }

  /** The ids that have a position. */
  countPositions(snapshot: Snapshot): Promise<number> {
    return count(this.#positions.keys({ snapshot }));
  }

  async transactionAt(
    position: string,
    snapshot?: Snapshot,
  ): Promise<LedgerTransaction | undefined> {
    const text = await this.#transactions.get(position, { snapshot });
    return text === undefined ? undefined : (JSON.parse(text) as LedgerTransaction);
  }

  /** Writes a block and everything that follows from it in one synced batch: all of it or nothing. */
  async append(block: NewBlock, validCode: number): Promise<void> {
    const { header, hash } = block;
    const head: Head = { height: header.number + 1, lastHash: hash };
    const batch = this.#db.batch();
    batch.put('head', JSON.stringify(head), { sublevel: this.#meta });
    batch.put(blockKey(header.number), JSON.stringify(header), { sublevel: this.#headers });
    block.transactions.forEach((transaction, at) => {
      const version = { block: header.number, transaction: at };
      const position = positionKey(version);
      batch.put(position, block.serialised[at] ?? '', { sublevel: this.#transactions });
      batch.put(transaction.transactionId, position, { sublevel: this.#positions });
      if (transaction.validationCode !== validCode) return;
      for (const { key, value } of transaction.writes) {
        if (value === null) batch.del(key, { sublevel: this.#state });
        else batch.put(key, encodeVersioned(value, version), { sublevel: this.#state });
        batch.put(historyPrefix(key) + position, '', { sublevel: this.#history });
      }
    });
    try {
      await batch.write({ sync: true });
    } finally {
      this.#views.renew();
    }
  }
}

async function count(entries: AsyncIterable<string>): Promise<number> {
  const iterator = entries[Symbol.asyncIterator]();
  let found = 0;
  while ((await iterator.next()).done !== true) found += 1;
  return found;
}
