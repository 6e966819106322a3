import { isWanted } from '../event-filter.js';
import { isAfter } from '../event-position.js';
import type { EventBlock, LedgerEvent } from '../ledger-event.js';
import { Delivery, type DeliveryParts, LOOK_AGAIN_MS } from './delivery.js';
import type { Checkpoint, StoredHook } from './hook.js';
import { contentOf } from './message.js';
import type { Posted } from './post-message.js';
import { registrantOf } from './registrant.js';
import { delayAfter, waitUntil } from './schedule.js';

/** The checkpoint is written at least so often while nothing is delivered, in blocks. */
const BLOCKS_BETWEEN_CHECKPOINTS = 64;
/** A hook with so many dead letters gets no more: what follows waits behind its checkpoint. */
const MAX_DEAD_LETTERS = 1_000;

/** Serves one hook: each event that its registrant may see, in order, until its receiver has taken it. */
export class HookDelivery extends Delivery {
  #unsaved = 0;

  constructor(id: string, parts: DeliveryParts) {
    super(id, parts, 'webhook delivery waits');
  }

  /** Serves events until the hook is gone or disabled, or the gateway stops. */
  protected async serve(): Promise<void> {
    const { store, feed } = this.parts;
    let checkpoint = await store.checkpoint(this.id);
    if (checkpoint) await this.#warnIfAhead(checkpoint);
    while (checkpoint !== undefined && !this.pauses.stopped()) {
      const { block } = checkpoint.position;
      const here = await feed.block(block);
      const left = here === undefined || isAfter(here.end, checkpoint.position);
      const number = left ? block : block + 1;
      const next = left ? here : await feed.block(number);
      if (next === undefined) {
        await this.pauses.pause(LOOK_AGAIN_MS, (wake) => feed.wait(number, wake));
        continue;
      }
      for (const event of next.events) {
        if (!isAfter(event.position, checkpoint.position)) continue;
        const served = await this.#serveEvent(event, checkpoint);
        if (served === undefined) return;
        checkpoint = served;
      }
      checkpoint = await this.#passed(next, checkpoint);
    }
  }

  async #warnIfAhead({ position }: Checkpoint): Promise<void> {
    const { feed, logger } = this.parts;
    if (await feed.reaches(position)) return;
    logger.warn({ webhook: this.id }, 'the place of a webhook lies beyond the end of the ledger');
  }

  async #passed({ end }: EventBlock, checkpoint: Checkpoint): Promise<Checkpoint> {
    const passed = isAfter(end, checkpoint.position) ? { position: end, tries: 0 } : checkpoint;
    this.#unsaved += 1;
    if (this.#unsaved >= BLOCKS_BETWEEN_CHECKPOINTS) await this.#save(passed);
    return passed;
  }

  /** Undefined when the hook is served no more. */
  async #serveEvent(event: LedgerEvent, before: Checkpoint): Promise<Checkpoint | undefined> {
    const served = { position: event.position, tries: 0 };
    for (let checkpoint = before; ;) {
      const hook = await this.parts.store.hook(this.id);
      if (this.pauses.stopped() || hook === undefined || hook.disabled !== undefined)
        return undefined;
      if (!isWanted(event, hook)) return served;
      const registrant = await registrantOf(hook, this.parts.holderOf);
      if (registrant === undefined) {
        await this.pauses.pause(LOOK_AGAIN_MS);
        continue;
      }
      const told = await this.parts.entitlement.told(registrant, event);
      if (told === undefined) return served;
      const { notBefore } = checkpoint;
      const wait = notBefore === undefined ? 0 : waitUntil(notBefore, Date.now());
      if (wait > 0 && (await this.pauses.pause(Math.min(wait, LOOK_AGAIN_MS))) === 'elapsed')
        continue;
      if (this.pauses.stopped()) return undefined;
      const posted = await this.send(hook, contentOf(told));
      if (posted.delivered) return this.#save(served);
      if (posted.status === 410) {
        await this.#disable('gone');
        return undefined;
      }
      const tries = checkpoint.tries + 1;
      const delay = delayAfter(tries, this.parts.settings.retrySeconds, posted.retryAfterMs);
      if (delay === undefined) return this.#bury(event, tries, posted);
      const again = new Date(Date.now() + delay).toISOString();
      checkpoint = await this.#save({ position: before.position, tries, notBefore: again });
    }
  }

  /** The event goes to the dead letters, and delivery goes on with the next. */
  async #bury(event: LedgerEvent, tries: number, posted: Posted): Promise<Checkpoint | undefined> {
    const { store } = this.parts;
    const { delivered, status, failure } = posted;
    const last = {
      delivered,
      ...(status === undefined ? {} : { status }),
      ...(failure === undefined ? {} : { failure }),
    };
    await store.putDeadLetter(this.id, {
      id: event.id,
      tries,
      diedAt: new Date().toISOString(),
      last,
    });
    const served = await this.#save({ position: event.position, tries: 0 });
    if ((await store.deadLetters(this.id)).length < MAX_DEAD_LETTERS) return served;
    await this.#disable('too-many-dead-letters');
    return undefined;
  }

  async #disable(disabled: NonNullable<StoredHook['disabled']>): Promise<void> {
    await this.parts.store.change(this.id, (hook) => ({ ...hook, disabled }));
  }

  async #save(checkpoint: Checkpoint): Promise<Checkpoint> {
    await this.parts.store.putCheckpoint(this.id, checkpoint);
    this.#unsaved = 0;
    return checkpoint;
  }
}
