import type { EventFeed } from '../event-feed.js';

/** The pauses of whoever delivers: they end when their time is over, when there is something to do, or for good. */
export class Pauses {
  readonly #feed: Pick<EventFeed, 'leave'>;
  readonly #stop = new AbortController();
  #wake: (() => void) | undefined;

  constructor(feed: Pick<EventFeed, 'leave'>) {
    this.#feed = feed;
  }

  /** Whether there are no pauses any more. */
  stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Aborted when there are no pauses any more. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Ends the pause that is under way. */
  hurry(): void {
    this.#wake?.();
  }

  stop(): void {
    this.#stop.abort();
    this.hurry();
  }

  /**
   * Waits for a time, unless woken before.
   * @param ask is given what wakes
   */
  pause(milliseconds: number, ask?: (wake: () => void) => void): Promise<'elapsed' | 'woken'> {
    if (this.stopped()) return Promise.resolve('woken');
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle('elapsed'), milliseconds);
      const wake = () => settle('woken');
      const settle = (how: 'elapsed' | 'woken') => {
        clearTimeout(timer);
        this.#wake = undefined;
        this.#feed.leave(wake);
        resolve(how);
      };
      this.#wake = wake;
      ask?.(wake);
    });
  }
}
