import type { EventBlock } from './ledger-event.js';

/** How much is kept: at most so many events and so many blocks, and always the newest block. */
const MAX_EVENTS = 1024;
const MAX_BLOCKS = 256;

/** The newest blocks' events, for all listeners together. */
export class EventRing {
  readonly #blocks: EventBlock[] = [];
  #events = 0;

  get newest(): EventBlock | undefined {
    return this.#blocks.at(-1);
  }

  /** The block's events; undefined when it is older than the ring, or not there yet. */
  get(number: number): EventBlock | undefined {
    const [oldest] = this.#blocks;
    return oldest === undefined ? undefined : this.#blocks[number - oldest.number];
  }

  /**
   * Takes the next block.
   * @throws Error when a block lies between
   */
  add(block: EventBlock): void {
    const { newest } = this;
    if (newest !== undefined && block.number !== newest.number + 1) {
      throw new Error(`events: expected block ${newest.number + 1}, found ${block.number}`);
    }
    this.#blocks.push(block);
    this.#events += block.events.length;
    while (
      this.#blocks.length > 1 &&
      (this.#events > MAX_EVENTS || this.#blocks.length > MAX_BLOCKS)
    ) {
      this.#events -= this.#blocks.shift()?.events.length ?? 0;
    }
  }
}
