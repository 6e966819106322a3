import type { Logger } from 'pino';
import type { ActorDirectory } from '../auth/actor-directory.js';
import type { AlgorithmsNow } from '../auth/required-algorithms.js';
import type { Caller } from '../auth/caller.js';
import type { GatewayConfig } from '../config/config.js';
import type { Ledger } from '@veinledger/ledger';
import { ProblemError } from '../problems/problem.js';
import type { CallerReader } from '../reads/caller-reader.js';
import type { StreamAnswer } from '../operation/answer.js';
import { EventEntitlement } from './entitlement.js';
import { EventFeed } from './event-feed.js';
import type { EventFilter } from './event-filter.js';
import { eventId, type EventPosition } from './event-position.js';
import { EventStream } from './sse/event-stream.js';
import { EventStreams } from './sse/event-streams.js';

export interface EventServiceParts {
  readonly limits: GatewayConfig['events'];
  readonly ledger: Pick<Ledger, 'height' | 'blocks' | 'follow'>;
  readonly reader: CallerReader;
  readonly directory: ActorDirectory;
  /** by what members want signatures to be made */
  readonly algorithms: AlgorithmsNow;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Where events are handed out: one feed for all, to each listener what they may see. */
export class EventService {
  readonly feed: EventFeed;
  readonly entitlement: EventEntitlement;
  readonly #parts: EventServiceParts;
  readonly #streams: EventStreams;

  constructor(parts: EventServiceParts) {
    const { limits, ledger, reader, algorithms, logger } = parts;
    this.#parts = parts;
    this.#streams = new EventStreams(limits, algorithms);
    this.entitlement = new EventEntitlement(reader);
    this.feed = new EventFeed({
      ledger,
      logger,
      onEvent: (event) => {
        this.entitlement.invalidate(event);
        this.#streams.endChanged(event);
      },
    });
  }

  /** The number of open streams. */
  get listeners(): number {
    return this.#streams.size;
  }

  /**
   * A stream of events for a caller.
   * @param after left out, from now on
   * @throws ProblemError 409 EVENT_ID_AHEAD; 429 TOO_MANY_LISTENERS; 503 LISTENERS_EXHAUSTED, GATEWAY_CLOSING
   * @throws VeinledgerError NOT_ENTITLED, UNKNOWN_COI for a therapy that the caller may not see
   * @throws LedgerError when the ledger cannot answer, or for a caller whose organisation is no member
   */
  async stream(
    caller: Caller,
    filter: EventFilter,
    after: EventPosition | undefined,
    signal: AbortSignal,
  ): Promise<StreamAnswer> {
    this.#streams.requirePlace(caller);
    await this.#parts.reader.requireMember(caller);
    if (filter.therapy !== undefined) await this.#parts.reader.therapy(caller, filter.therapy);
    if (after !== undefined) await this.#requireReached(after);
    const now = await this.feed.now();
    return {
      status: 200,
      mediaType: 'text/event-stream',
      // a connection that streamed is not used again, so that a gateway that stops need not wait for it
      headers: { 'x-accel-buffering': 'no', connection: 'close' },
      write: async (response) => {
        if (signal.aborted) return;
        const { feed, entitlement } = this;
        const position = after ?? now;
        const stream = new EventStream({
          caller,
          filter,
          after: position,
          response,
          feed,
          entitlement,
        });
        this.#streams.requirePlace(caller);
        response.flushHeaders();
        const running = this.#streams.run(stream);
        if (this.#streams.changedLately(caller)) await this.#endIfRevoked(stream);
        await running;
      },
    };
  }

  /** A listener that would wait for a ledger to grow up to another one's events hears nothing of its own. */
  async #requireReached(after: EventPosition): Promise<void> {
    if (await this.feed.reaches(after)) return;
    const now = await this.feed.now();
    const height = now.index < 0 ? now.block : now.block + 1;
    throw new ProblemError({
      status: 409,
      code: 'EVENT_ID_AHEAD',
      detail:
        'the ledger has no such event: the id is of another ledger, or of this one before an older backup was restored, or this gateway is behind',
      field: 'after',
      expected: `at most ${eventId(now)}, of a ledger of ${height} blocks`,
      found: `${eventId(after)}, of a ledger of at least ${after.block + 1} blocks`,
    });
  }

  /** A revocation may have committed after the token was checked and before the stream was known. */
  async #endIfRevoked(stream: EventStream): Promise<void> {
    try {
      const actor = await this.#parts.directory.find(stream.caller.id);
      if (actor === undefined || actor.revokedAt !== undefined) stream.end('actor-changed');
    } catch {
      stream.end('ledger-unavailable');
    }
  }

  /** Ends every stream, so that the gateway can be stopped and clients go on at another one. */
  endStreams(): void {
    this.#streams.close();
  }

  async close(): Promise<void> {
    this.#streams.close();
    await this.feed.close();
  }
}
