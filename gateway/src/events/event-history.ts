import type { Ledger } from '@veinledger/ledger';
import { type EventBlock, eventsOf } from './ledger-event.js';

/** Blocks are read so many at a time, and so many of these runs are kept. */
const RUN = 16;
const KEPT_RUNS = 4;

/** Events of blocks that are older than the ring: listeners that resume from the same place share what is read. */
export class EventHistory {
  readonly #ledger: Pick<Ledger, 'blocks'>;
  readonly #runs = new Map<number, Promise<readonly EventBlock[]>>();

  constructor(ledger: Pick<Ledger, 'blocks'>) {
    this.#ledger = ledger;
  }

  /**
   * A stored block's events.
   * @throws LedgerError when the ledger cannot answer, or holds no such block
   */
  async block(number: number): Promise<EventBlock | undefined> {
    const run = Math.floor(number / RUN);
    const blocks = await (this.#runs.get(run) ?? this.#read(run));
    return blocks[number - run * RUN];
  }

  #read(run: number): Promise<readonly EventBlock[]> {
    const [oldest] = this.#runs.keys();
    if (this.#runs.size >= KEPT_RUNS && oldest !== undefined) this.#runs.delete(oldest);
    const reading = this.#readBlocks(run * RUN);
    this.#runs.set(run, reading);
    // a run that failed, or that the ledger has not filled yet, is read anew
    const forget = () => {
      if (this.#runs.get(run) === reading) this.#runs.delete(run);
    };
    reading.then((blocks) => blocks.length < RUN && forget(), forget);
    return reading;
  }

  async #readBlocks(first: number): Promise<readonly EventBlock[]> {
    const blocks: EventBlock[] = [];
    for await (const block of this.#ledger.blocks(first)) {
      blocks.push(eventsOf(block));
      if (blocks.length === RUN) break;
    }
    return blocks;
  }
}
