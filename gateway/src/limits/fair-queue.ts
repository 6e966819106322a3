/** How much a queue takes. */
export interface QueueBounds {
  /** how many are worked on at the same time */
  readonly atOnce: number;
  /** how many of one asker's may wait */
  readonly waitingEach: number;
  /** how many may wait altogether */
  readonly waiting: number;
}

/** A queue that takes no more: of this asker, or of anybody. */
export class QueueFull extends Error {
  readonly of: 'asker' | 'everybody';

  constructor(of: QueueFull['of'], most: number) {
    super(`expected at most ${most} waiting, found one more`);
    this.name = 'QueueFull';
    this.of = of;
  }
}

/** Work that is done a little at a time, one asker after the other: who asks a lot waits for its own, nobody else does. */
export class FairQueue {
  readonly #bounds: QueueBounds;
  readonly #waiting = new Map<string, (() => void)[]>();
  #length = 0;
  #running = 0;

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  /** Whether nothing is under way, and nothing waits. */
  get idle(): boolean {
    return this.#running === 0;
  }

  /**
   * Does the work when it is its turn.
   * @throws QueueFull at once, where too many wait; and what the work throws
   */
  async run<T>(asker: string, work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#bounds.atOnce) await this.#turn(asker);
    else this.#running += 1;
    try {
      return await work();
    } finally {
      if (!this.#startNext()) this.#running -= 1;
    }
  }

  #turn(asker: string): Promise<void> {
    const { waitingEach, waiting } = this.#bounds;
    const own = this.#waiting.get(asker) ?? [];
    if (own.length >= waitingEach) throw new QueueFull('asker', waitingEach);
    if (this.#length >= waiting) throw new QueueFull('everybody', waiting);
    this.#waiting.set(asker, own);
    this.#length += 1;
    return new Promise((start) => own.push(start));
  }

  /** Whoever was served goes behind all others. */
  #startNext(): boolean {
    for (const [asker, own] of this.#waiting) {
      this.#waiting.delete(asker);
      const start = own.shift();
      if (own.length > 0) this.#waiting.set(asker, own);
      if (start === undefined) continue;
      this.#length -= 1;
      start();
      return true;
    }
    return false;
  }
}
