import type { ServerResponse } from 'node:http';
import type { Caller } from '../../auth/caller.js';
import { LedgerError } from '@veinledger/ledger';
import type { EventEntitlement } from '../entitlement.js';
import type { EventFeed } from '../event-feed.js';
import { type EventFilter, isWanted } from '../event-filter.js';
import { type EventPosition, isAfter } from '../event-position.js';
import type { EventBlock } from '../ledger-event.js';
import { endFrame, type EndReason, eventFrame, heartbeatFrame, openingFrame } from './frame.js';

/** When a client comes again whose stream broke, milliseconds. */
const RETRY_MS = 3_000;

export interface EventStreamParts {
  readonly caller: Caller;
  readonly filter: EventFilter;
  /** after which event it begins */
  readonly after: EventPosition;
  readonly response: ServerResponse;
  readonly feed: EventFeed;
  readonly entitlement: EventEntitlement;
}

/** One listener's stream. It keeps no events of its own: a listener that is behind reads further back. */
export class EventStream {
  readonly caller: Caller;
  readonly openedAt = Date.now();
  /** when it is next looked after, ms since 1970 */
  beatAt = 0;
  readonly #parts: EventStreamParts;
  #position: EventPosition;
  #ending: EndReason | 'gone' | undefined;
  #blockedSince: number | undefined;
  #wake: (() => void) | undefined;

  constructor(parts: EventStreamParts) {
    this.#parts = parts;
    this.caller = parts.caller;
    this.#position = parts.after;
  }

  /** How long the client has not taken what was sent, milliseconds. */
  blockedFor(now: number): number {
    return this.#blockedSince === undefined ? 0 : now - this.#blockedSince;
  }

  /** Sends events until the client is gone or the stream is ended. */
  async run(): Promise<void> {
    const { response } = this.#parts;
    response.once('close', () => this.#stop('gone'));
    await this.#send(openingFrame(RETRY_MS, this.#position));
    try {
      for (let next = this.#position.block; this.#ending === undefined;) {
        const block = await this.#block(next);
        if (block === undefined) continue;
        await this.#sendBlock(block);
        next = block.number + 1;
      }
    } catch (error) {
      this.#ending ??= 'ledger-unavailable';
      if (!(error instanceof LedgerError)) throw error;
    } finally {
      this.#finish();
    }
  }

  /** Shows that the stream lives, where nothing waits to be taken. */
  beat(): void {
    const idle = this.#blockedSince === undefined && this.#ending === undefined;
    if (idle) this.#parts.response.write(heartbeatFrame(this.#position));
  }

  end(reason: EndReason): void {
    this.#stop(reason);
  }

  /** Lets go of a client that does not take the end either. */
  destroy(): void {
    this.#parts.response.destroy();
  }

  /** The block, or undefined after waiting for something to change. */
  async #block(number: number): Promise<EventBlock | undefined> {
    const { feed } = this.#parts;
    const block = feed.atHand(number) ?? (await feed.block(number));
    if (block !== undefined || this.#ending !== undefined) return block;
    await this.#pause((wake) => feed.wait(number, wake));
    return undefined;
  }

  async #sendBlock({ events, end }: EventBlock): Promise<void> {
    const { entitlement, filter } = this.#parts;
    for (const event of events) {
      if (this.#ending !== undefined) return;
      if (!isAfter(event.position, this.#position)) continue;
      if (isWanted(event, filter)) {
        const judged = entitlement.told(this.caller, event);
        const told = judged instanceof Promise ? await judged : judged;
        if (told !== undefined) {
          // it may have ended meanwhile, and then this event is not behind it
          if (this.#isEnding()) return;
          const sent = this.#send(eventFrame(told));
          if (sent !== undefined) await sent;
        }
      }
      this.#position = event.position;
    }
    if (isAfter(end, this.#position)) this.#position = end;
  }

  /** Undefined where the client takes what was sent, else a promise that it did or that the stream ends. */
  #send(frame: string | Buffer): Promise<void> | undefined {
    if (this.#ending !== undefined) return undefined;
    const { response } = this.#parts;
    if (response.write(frame)) return undefined;
    this.#blockedSince = Date.now();
    return this.#pause((wake) => response.once('drain', wake)).then(() => {
      this.#blockedSince = undefined;
    });
  }

  /** Waits until woken by what was asked for, or by the stream's end. */
  async #pause(ask: (wake: () => void) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      ask(resolve);
    });
    this.#wake = undefined;
  }

  #isEnding(): boolean {
    return this.#ending !== undefined;
  }

  #stop(reason: EndReason | 'gone'): void {
    this.#ending ??= reason;
    const wake = this.#wake;
    if (wake === undefined) return;
    this.#parts.feed.leave(wake);
    wake();
  }

  #finish(): void {
    const { response } = this.#parts;
    if (this.#ending === undefined || this.#ending === 'gone') response.end();
    else response.end(endFrame(this.#ending, this.#position));
  }
}
