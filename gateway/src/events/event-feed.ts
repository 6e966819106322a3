import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Ledger, LedgerError } from '@veinledger/ledger';
import { Notifier } from './notifier.js';
import { EventHistory } from './event-history.js';
import { BEFORE_ALL, type EventPosition, isAfter } from './event-position.js';
import { EventRing } from './event-ring.js';
import { type EventBlock, eventsOf, type LedgerEvent } from './ledger-event.js';

/** Blocks before the newest one that are read at the start: clients of a gateway that restarts resume from there. */
const WARM_BLOCKS = 32;
/** Before the ledger is asked again that did not answer, milliseconds. */
const PAUSE_MS = 1_000;
/** How long a listener waits for the ledger's first answer, milliseconds. */
const PATIENCE_MS = 5_000;
/** How long a position may lie beyond the ledger's end before it is of another ledger, milliseconds. */
const CATCH_UP_MS = 3_000;

export interface EventFeedParts {
  readonly ledger: Pick<Ledger, 'height' | 'blocks' | 'follow'>;
  readonly logger: Pick<Logger, 'warn'>;
  /** Told of each event once, in order, before any listener gets it. */
  readonly onEvent?: (event: LedgerEvent) => void;
}

/**
 * Follows the ledger once for everybody. It begins with the first listener; the newest events are kept, older ones
 * are read from the ledger.
 */
export class EventFeed {
  readonly #parts: EventFeedParts;
  readonly #ring = new EventRing();
  readonly #history: EventHistory;
  readonly #notifier = new Notifier();
  readonly #stop = new AbortController();
  #following: Promise<void> | undefined;
  #answered = false;
  #isReady: () => void = () => undefined;
  readonly #ready = new Promise<void>((resolve) => (this.#isReady = resolve));

  constructor(parts: EventFeedParts) {
    this.#parts = parts;
    this.#history = new EventHistory(parts.ledger);
  }

  /**
   * The end of the newest block.
   * @throws LedgerError `unavailable` while the ledger has not answered yet
   */
  async now(): Promise<EventPosition> {
    this.start();
    const timeout = delay(PATIENCE_MS, undefined, { ref: false });
    await Promise.race([this.#ready, timeout]);
    if (this.#answered) return this.#ring.newest?.end ?? BEFORE_ALL;
    throw new LedgerError('unavailable', 'the ledger has shown no block yet');
  }

  /**
   * Whether the ledger is as far as a position, or comes to be soon: a gateway may be a little behind another one.
   * @throws LedgerError `unavailable` while the ledger has not answered yet
   */
  async reaches(position: EventPosition): Promise<boolean> {
    if (!isAfter(position, await this.now())) return true;
    const timeout = AbortSignal.timeout(CATCH_UP_MS);
    while (!this.closed && !timeout.aborted && this.isBehind(position)) {
      await new Promise<void>((wake) => {
        timeout.addEventListener('abort', () => wake(), { once: true });
        this.#notifier.wait(wake);
      });
    }
    return !this.isBehind(position);
  }

  /** Whether the newest block lies before a position, as far as the ledger has answered. */
  isBehind(position: EventPosition): boolean {
    return this.#answered && isAfter(position, this.#ring.newest?.end ?? BEFORE_ALL);
  }

  /** Begins to follow, unless it does already. */
  start(): void {
    this.#following ??= this.#follow();
  }

  /**
   * The events of a block, which need not be there yet: undefined then, and {@link wait} tells when to ask again.
   * @throws LedgerError when the ledger cannot answer
   */
  async block(number: number): Promise<EventBlock | undefined> {
    const { newest } = this.#ring;
    if (newest === undefined || number > newest.number) return undefined;
    return this.#ring.get(number) ?? (await this.#history.block(number));
  }

  /** The block's events where they are at hand. */
  atHand(number: number): EventBlock | undefined {
    return this.#ring.get(number);
  }

  /** Calls back once, when the block may be there or the feed is closed, unless {@link leave} comes before. */
  wait(number: number, wake: () => void): void {
    const there = (this.#ring.newest?.number ?? -1) >= number;
    if (this.closed || there) wake();
    else this.#notifier.wait(wake);
  }

  leave(wake: () => void): void {
    this.#notifier.leave(wake);
  }

  get closed(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Follows no more, and wakes whoever waits. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#notifier.notify();
    await this.#following;
  }

  async #follow(): Promise<void> {
    const stopped = () => this.closed;
    while (!stopped()) {
      try {
        await this.#followOn();
      } catch (error) {
        if (stopped()) return;
        const { name } = error instanceof Error ? error : { name: typeof error };
        const kind = error instanceof LedgerError ? error.kind : undefined;
        this.#parts.logger.warn({ error: name, kind }, 'the event feed waits for the ledger');
        await delay(PAUSE_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    }
  }

  async #followOn(): Promise<void> {
    const { ledger, onEvent } = this.#parts;
    const height = await ledger.height();
    const next = this.#ring.newest?.number;
    if (height === 0) this.#answer();
    const first = next === undefined ? Math.max(height - WARM_BLOCKS, 0) : next + 1;
    for await (const block of ledger.follow(first, this.#stop.signal)) {
      const events = eventsOf(block);
      this.#ring.add(events);
      for (const event of events.events) onEvent?.(event);
      if (block.number >= height - 1) this.#answer();
      this.#notifier.notify();
    }
  }

  #answer(): void {
    this.#answered = true;
    this.#isReady();
  }
}
