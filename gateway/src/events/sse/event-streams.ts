import type { Caller } from '../../auth/caller.js';
import { type AlgorithmsNow, isTrusted } from '../../auth/required-algorithms.js';
import type { GatewayConfig } from '../../config/config.js';
import { ProblemError } from '../../problems/problem.js';
import type { LedgerEvent } from '../ledger-event.js';
import type { EventStream } from './event-stream.js';

const SECOND_MS = 1_000;
/** In how many turns the streams get their heartbeat, so that ten thousand are not written at once. */
const TURNS = 15;
/** How long a client may take to read the end of its stream, milliseconds. */
const FAREWELL_MS = 2_000;
/** How long a request may take from its token's check until its stream is known, milliseconds. */
const LATELY_MS = 120 * SECOND_MS;

/** The streams that are open: how many there may be, and what befalls all of them. One timer serves them all. */
export class EventStreams {
  readonly #limits: GatewayConfig['events'];
  readonly #byCaller = new Map<string, Set<EventStream>>();
  /** in the order of their next heartbeat */
  readonly #queue = new Set<EventStream>();
  /** actors that changed lately, and when (ms since start) */
  readonly #changed = new Map<string, number>();
  readonly #algorithms: AlgorithmsNow;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(limits: GatewayConfig['events'], algorithms: AlgorithmsNow) {
    this.#limits = limits;
    this.#algorithms = algorithms;
  }

  /** The number of open streams. */
  get size(): number {
    return this.#queue.size;
  }

  /**
   * Refuses a listener for whom there is no place.
   * @throws ProblemError 503 GATEWAY_CLOSING, LISTENERS_EXHAUSTED; 429 TOO_MANY_LISTENERS
   */
  requirePlace(caller: Caller): void {
    const { maxListeners, maxListenersPerCaller } = this.#limits;
    if (this.#closed) throw full(503, 'GATEWAY_CLOSING', 'the gateway is being stopped');
    if (this.#queue.size >= maxListeners) {
      throw full(503, 'LISTENERS_EXHAUSTED', 'the gateway serves as many listeners as it may');
    }
    if ((this.#byCaller.get(caller.id)?.size ?? 0) >= maxListenersPerCaller) {
      const detail = `the caller has ${maxListenersPerCaller} streams open, as many as it may`;
      throw full(429, 'TOO_MANY_LISTENERS', detail);
    }
  }

  /** Runs a stream to its end. {@link requirePlace} comes before. */
  async run(stream: EventStream): Promise<void> {
    const { id } = stream.caller;
    const ofCaller = this.#byCaller.get(id) ?? new Set();
    this.#byCaller.set(id, ofCaller.add(stream));
    stream.beatAt = Date.now() + this.#heartbeatMs;
    this.#queue.add(stream);
    this.#timer ??= this.#start();
    if (this.#closed) stream.end('gateway-closing');
    try {
      await stream.run();
    } finally {
      this.#queue.delete(stream);
      ofCaller.delete(stream);
      if (ofCaller.size === 0) this.#byCaller.delete(id);
      if (this.#queue.size === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    }
  }

  /** Ends the streams of actors whom the event changed: who may still listen comes again. */
  endChanged({ receipt }: LedgerEvent): void {
    for (const name of receipt.changed) {
      const [noun, id = ''] = name.split(' ');
      if (noun !== 'actor') continue;
      this.#changed.delete(id);
      this.#changed.set(id, performance.now());
      for (const stream of this.#byCaller.get(id) ?? []) this.#end(stream, 'actor-changed');
    }
  }

  /** Whether the ledger changed the actor, perhaps after the caller's token was checked. */
  changedLately(caller: Caller): boolean {
    const since = performance.now() - LATELY_MS;
    for (const [id, at] of this.#changed) {
      if (at >= since) break;
      this.#changed.delete(id);
    }
    return this.#changed.has(caller.id);
  }

  /** Ends every stream and takes no more. */
  close(): void {
    this.#closed = true;
    for (const stream of [...this.#queue]) this.#end(stream, 'gateway-closing');
  }

  get #heartbeatMs(): number {
    return this.#limits.heartbeatSeconds * SECOND_MS;
  }

  #start(): NodeJS.Timeout {
    void this.#endUntrusted();
    return setInterval(() => {
      void this.#endUntrusted();
      this.#lookAfter();
    }, this.#heartbeatMs / TURNS).unref();
  }

  /** Ends the streams that were opened by a token by whose algorithm members sign no longer. */
  async #endUntrusted(): Promise<void> {
    // the ledger may not answer now: it is asked again at the next turn
    const required = await this.#algorithms().catch(() => undefined);
    if (required === undefined) return;
    for (const stream of [...this.#queue]) {
      if (!isTrusted(stream.caller.algorithm, required)) this.#end(stream, 'algorithms-changed');
    }
  }

  #lookAfter(): void {
    const now = Date.now();
    const { slowSeconds, maxStreamSeconds } = this.#limits;
    for (const stream of this.#queue) {
      // a clock that was set back must not stop the heartbeats
      if (stream.beatAt > now && stream.beatAt - now <= this.#heartbeatMs) break;
      this.#queue.delete(stream);
      stream.beatAt = now + this.#heartbeatMs;
      this.#queue.add(stream);
      if (stream.blockedFor(now) >= slowSeconds * SECOND_MS) this.#end(stream, 'slow-client');
      else if (now - stream.openedAt >= maxStreamSeconds * SECOND_MS) this.#end(stream, 'max-age');
      else stream.beat();
    }
  }

  #end(stream: EventStream, reason: Parameters<EventStream['end']>[0]): void {
    stream.end(reason);
    setTimeout(() => stream.destroy(), FAREWELL_MS).unref();
  }
}

function full(status: 429 | 503, code: string, detail: string): ProblemError {
  return new ProblemError({ status, code, detail, headers: { 'retry-after': '5' } });
}
