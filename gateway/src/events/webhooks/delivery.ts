import type { Logger } from 'pino';
import type { HolderOf } from '../../auth/lasting-grant.js';
import type { GatewayConfig } from '../../config/config.js';
import type { Sealer } from '../../vault/sealer.js';
import type { EventEntitlement } from '../entitlement.js';
import type { EventFeed } from '../event-feed.js';
import type { StoredHook } from './hook.js';
import type { HookStore } from './hook-store.js';
import { type MessageContent, signedMessage } from './message.js';
import { Pauses } from './pauses.js';
import { post, type Posted } from './post-message.js';
import type { TargetRule } from './target.js';

export const SECOND_MS = 1_000;
/** The longest wait before it is looked whether something has changed. */
export const LOOK_AGAIN_MS = 60 * SECOND_MS;

export interface DeliveryParts {
  readonly store: HookStore;
  readonly feed: EventFeed;
  readonly entitlement: EventEntitlement;
  readonly holderOf: HolderOf;
  readonly sealer: Sealer;
  readonly rule: TargetRule;
  readonly settings: GatewayConfig['webhooks'];
  readonly logger: Pick<Logger, 'warn'>;
}

/** Serves one hook, whatever it is told; what goes wrong on the way is tried again a second later. */
export abstract class Delivery<P extends DeliveryParts = DeliveryParts> {
  protected readonly id: string;
  protected readonly parts: P;
  protected readonly pauses: Pauses;
  readonly #waiting: string;
  #running: Promise<void> | undefined;

  /** @param waiting what the log says when something went wrong */
  protected constructor(id: string, parts: P, waiting: string) {
    this.id = id;
    this.parts = parts;
    this.pauses = new Pauses(parts.feed);
    this.#waiting = waiting;
  }

  /** Serves until the hook is gone or disabled, or the gateway stops. */
  protected abstract serve(): Promise<void>;

  start(): void {
    this.parts.feed.start();
    this.#running ??= this.#run();
  }

  /** Tries at once what waits. */
  hurry(): void {
    this.pauses.hurry();
  }

  /** Ends after what is under way; a message that is on its way is sent again later. */
  async stop(): Promise<void> {
    this.pauses.stop();
    await this.#running;
  }

  /** Signs one message and sends it, once. */
  async send(hook: StoredHook, content: MessageContent): Promise<Posted> {
    const { rule, settings, sealer } = this.parts;
    const message = await signedMessage(hook, content, sealer);
    const timeoutMs = settings.timeoutSeconds * SECOND_MS;
    return post(message, { rule, timeoutMs, signal: this.pauses.signal });
  }

  async #run(): Promise<void> {
    while (!this.pauses.stopped()) {
      try {
        await this.serve();
        return;
      } catch (error) {
        if (this.pauses.stopped()) return;
        const name = error instanceof Error ? error.name : typeof error;
        this.parts.logger.warn({ error: name, webhook: this.id }, this.#waiting);
        await this.pauses.pause(SECOND_MS);
      }
    }
  }
}
