import type { LedgerBlock } from '@veinledger/chaincode/replay';
import { z } from 'zod';
import type { Ledger } from '@veinledger/ledger';
import type { Collection, KeyRange } from './collection.js';
import type { GatewayState } from './gateway-state.js';

const CHECKPOINT = 'blocks';
const checkpoint = z.strictObject({ blocks: z.int().min(0) });

/** What an index holds, and what of a block goes into it. */
export interface BlockIndexOptions<Entry> {
  readonly ledger: Pick<Ledger, 'blocks'>;
  readonly state: GatewayState;
  /** where it is kept among the gateway's state */
  readonly collection: string;
  /** no key is `blocks` */
  readonly entry: z.ZodType<Entry>;
  /**
   * The entries that a block writes, and deletes (undefined).
   * @param before an entry as it is before the block
   */
  readonly changes: (
    block: LedgerBlock,
    before: (key: string) => Promise<Entry | undefined>,
  ) =>
    | Iterable<readonly [string, Entry | undefined]>
    | AsyncIterable<readonly [string, Entry | undefined]>;
}

/**
 * What blocks tell, by a key that the ledger does not answer by. It is kept with the number of blocks that it knows,
 * brought up to date before it answers, and made anew from block 0 where it is not there.
 */
export class BlockIndex<Entry> {
  readonly #options: BlockIndexOptions<Entry>;
  readonly #collection: Collection<unknown>;
  #catchingUp: Promise<void> | undefined;

  constructor(options: BlockIndexOptions<Entry>) {
    this.#options = options;
    this.#collection = options.state.collection(options.collection, (value) => value);
  }

  /**
   * Entries in the order of their keys, of all blocks that there are.
   * @throws LedgerError when the ledger does not answer
   */
  async *entries(range?: KeyRange): AsyncGenerator<[string, Entry]> {
    await this.#catchUp();
    for await (const [key, value] of this.#collection.entries(range)) {
      if (key !== CHECKPOINT) yield [key, this.#options.entry.parse(value)];
    }
  }

  /** Callers at the same time wait for the same reading. */
  #catchUp(): Promise<void> {
    this.#catchingUp ??= this.#readBlocks().finally(() => {
      this.#catchingUp = undefined;
    });
    return this.#catchingUp;
  }

  async #readBlocks(): Promise<void> {
    const { ledger, entry, changes } = this.#options;
    const known = await this.#collection.get(CHECKPOINT);
    const first = known === undefined ? 0 : checkpoint.parse(known).blocks;
    const before = async (key: string) => entry.optional().parse(await this.#collection.get(key));
    for await (const block of ledger.blocks(first)) {
      const changed: (readonly [string, unknown])[] = [];
      for await (const change of changes(block, before)) changed.push(change);
      await this.#collection.change([...changed, [CHECKPOINT, { blocks: block.number + 1 }]]);
    }
  }
}
