import { FairQueue, QueueFull } from '../limits/fair-queue.js';
import { busy } from './refusals.js';

/** How much of one key may wait: each piece may take as long as scrypt. */
const BOUNDS = { atOnce: 1, waitingEach: 8, waiting: 8 };

/** Does the work of one key after the other; work of different keys goes on side by side. */
export class OneAtATime {
  readonly #queues = new Map<string, FairQueue>();

  /**
   * Does the work when that of the same key before it has ended.
   * @throws ProblemError 429 KEYSTORE_BUSY at once, where too much waits; and what the work throws
   */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(key) ?? new FairQueue(BOUNDS);
    this.#queues.set(key, queue);
    try {
      return await queue.run(key, work);
    } catch (error) {
      throw error instanceof QueueFull ? busy(error) : error;
    } finally {
      if (queue.idle) this.#queues.delete(key);
    }
  }
}
