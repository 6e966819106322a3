import { setTimeout as delay } from 'node:timers/promises';
import type { Endorser, EventService } from 'fabric-common';
import { PeerError } from '../fabric/peer-error.js';
import { failureAt } from './answers.js';
import type { Connection } from './connection.js';

/** A Deliver service's answers that stay the same whoever asks it again. */
const REFUSED = /status:(FORBIDDEN|BAD_REQUEST|403|400)$/;

/** Hears from one peer, through the library's event service, which blocks it has committed. */
export class BlockListener {
  readonly #service: EventService;
  readonly #mspId: string;
  #newest = -1;
  #failed: unknown;
  #sent: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  private constructor(service: EventService, mspId: string) {
    this.#service = service;
    this.#mspId = mspId;
  }

  /** Begins to listen from a block on, which need not be there yet. */
  static async open(
    connection: Connection,
    endorser: Endorser,
    first: number,
  ): Promise<BlockListener> {
    const { channel, client, reader } = connection;
    const context = await connection.context(reader);
    const service = channel.newEventService(endorser.name);
    const eventer = client.newEventer(endorser.name, endorser.mspid);
    eventer.setEndpoint(endorser.endpoint);
    service.setTargets([eventer]);
    service.build(context, { blockType: 'filtered', startBlock: first });
    service.sign(context);
    const listener = new BlockListener(service, endorser.mspid);
    service.registerBlockListener(
      (error, event) => listener.#hear(error, event?.blockNumber.toNumber()),
      { unregister: false },
    );
    listener.#sent = service.send().catch((error: unknown) => listener.#hear(error, undefined));
    return listener;
  }

  /**
   * The newest block, when it is this one or a later one; undefined when none came within the time.
   * @throws PeerError when the peer delivers no more
   */
  async beyond(block: number, milliseconds: number): Promise<number | undefined> {
    if (this.#failed === undefined && this.#newest < block) {
      const over = new AbortController();
      const told = new Promise<void>((resolve) => (this.#wake = resolve));
      await Promise.race([told, delay(milliseconds, undefined, { signal: over.signal })]);
      over.abort();
    }
    if (this.#newest >= block) return this.#newest;
    if (this.#failed !== undefined) throw this.#failure(this.#failed);
    return undefined;
  }

  /** Lets whoever waits look again. */
  wake(): void {
    this.#wake();
  }

  close(): void {
    this.#service.close();
    // a service that is still being started has no stream to close yet
    void this.#sent.then(() => this.#service.close());
  }

  #failure(cause: unknown): PeerError {
    const failure = failureAt(this.#mspId, cause);
    if (!REFUSED.test(failure.message)) return failure;
    const texts = [`access denied: ${failure.message}`];
    return new PeerError({ texts, mspIds: failure.mspIds, cause });
  }

  #hear(error: unknown, block: number | undefined): void {
    if (block !== undefined) this.#newest = Math.max(this.#newest, block);
    else this.#failed ??= error ?? new Error('the event service ended');
    this.#wake();
  }
}
