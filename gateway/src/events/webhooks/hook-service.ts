import { randomUUID } from 'node:crypto';
import { VeinledgerError } from '@veinledger/domain';
import { type Caller, isRelayedCaller } from '../../auth/caller.js';
import { ProblemError } from '../../problems/problem.js';
import { type CallerReader, notEntitled } from '../../reads/caller-reader.js';
import { BEFORE_ALL, eventId, readEventId } from '../event-position.js';
import type { LedgerEvent } from '../ledger-event.js';
import {
  type Attempt,
  type DeadLetter,
  type HookRequest,
  type ShownHook,
  type StoredHook,
  storedHook,
} from './hook.js';
import { CallDelivery, type CallParts } from './call-delivery.js';
import type { Delivery } from './delivery.js';
import { HookDelivery } from './hook-delivery.js';
import { startingAt } from './hook-store.js';
import { contentOf, makeSecret, testContent } from './message.js';
import type { Posted } from './post-message.js';
import { registrantOf } from './registrant.js';
import { requireTarget } from './target.js';

const HOUR_MS = 3_600_000;
/** A hook without what disabled it. */
const enabled = storedHook.omit({ disabled: true }).strip();

export interface HookServiceParts extends CallParts {
  readonly reader: CallerReader;
  /** MSP id of the member that runs the gateway */
  readonly operator: string | undefined;
}

/** Where members register webhooks and see what became of them. */
export class HookService {
  readonly #parts: HookServiceParts;
  readonly #deliveries = new Map<string, Delivery>();

  private constructor(parts: HookServiceParts) {
    this.#parts = parts;
  }

  /** Goes on with every hook where it was left. */
  static async open(parts: HookServiceParts): Promise<HookService> {
    const service = new HookService(parts);
    for (const hook of await parts.store.hooks()) service.#serve(hook);
    return service;
  }

  /**
   * Registers a hook, which is told what its registrant may see, from now on.
   * @throws ProblemError 400 of {@link requireTarget}, 409 TOO_MANY_WEBHOOKS
   * @throws VeinledgerError NOT_ENTITLED, UNKNOWN_COI
   */
  async register(
    caller: Caller,
    request: HookRequest,
  ): Promise<{ hook: ShownHook; secret: string }> {
    const { store, feed, rule, sealer, reader } = this.#parts;
    if (isRelayedCaller(caller))
      throw notEntitled('members register webhooks, patients do not', 'url');
    await requireTarget(request.url, rule);
    await reader.requireMember(caller);
    if (request.therapy !== undefined) await reader.therapy(caller, request.therapy);
    const secret = makeSecret();
    const hook: StoredHook = {
      id: randomUUID(),
      ...request,
      registrant: caller.id,
      organisation: caller.organisation,
      ...heldBy(caller),
      createdAt: new Date().toISOString(),
      secret: await sealer.seal(secret),
    };
    await store.putCheckpoint(hook.id, startingAt(await feed.now()));
    try {
      await store.add(hook, (hooks) => this.#requirePlace(caller, hooks));
    } catch (error) {
      await store.remove(hook.id);
      throw error;
    }
    this.#serve(hook);
    return { hook: await this.#shown(hook), secret };
  }

  /** The hooks that the caller may see. */
  async list(caller: Caller): Promise<readonly ShownHook[]> {
    const all = await this.#parts.store.hooks();
    return Promise.all(
      all.filter((hook) => this.#mayRead(caller, hook)).map((hook) => this.#shown(hook)),
    );
  }

  /** @throws VeinledgerError NOT_FOUND */
  async show(caller: Caller, id: string): Promise<ShownHook> {
    return this.#shown(await this.#readable(caller, id));
  }

  /** @throws VeinledgerError NOT_FOUND */
  async remove(caller: Caller, id: string): Promise<void> {
    await this.#own(caller, id);
    await this.#deliveries.get(id)?.stop();
    this.#deliveries.delete(id);
    await this.#parts.store.remove(id);
  }

  /**
   * Makes a new secret; the old one signs besides for a while.
   * @throws VeinledgerError NOT_FOUND
   */
  async rotate(caller: Caller, id: string): Promise<{ hook: ShownHook; secret: string }> {
    const { store, sealer, settings } = this.#parts;
    await this.#own(caller, id);
    const secret = makeSecret();
    const sealed = await sealer.seal(secret);
    const until = new Date(Date.now() + settings.secretGraceHours * HOUR_MS).toISOString();
    const changed = await store.change(id, (hook) => ({
      ...hook,
      secret: sealed,
      previous: { secret: hook.secret, until },
    }));
    if (!changed) throw unknown('webhook', id);
    return { hook: await this.#shown(changed), secret };
  }

  /**
   * Serves a disabled hook again, from where it was disabled; one that is ahead of the ledger, from the ledger's end.
   * Where its registrant asks, it holds their roles of now, by the token of now.
   * @throws VeinledgerError NOT_FOUND
   * @throws LedgerError `unavailable` while the ledger has not answered yet
   */
  async enable(caller: Caller, id: string): Promise<ShownHook> {
    const { store, feed } = this.#parts;
    await this.#own(caller, id);
    const now = await feed.now();
    const changed = await store.change(id, (hook) => ({
      ...enabled.parse(hook),
      ...(caller.id === hook.registrant ? heldBy(caller) : {}),
    }));
    if (!changed) throw unknown('webhook', id);
    await this.#deliveries.get(id)?.stop();
    const checkpoint = await store.checkpoint(id);
    if (checkpoint && feed.isBehind(checkpoint.position)) {
      await store.putCheckpoint(id, startingAt(now));
    }
    this.#serve(changed);
    return this.#shown(changed);
  }

  /**
   * Sends a message that tells nothing; when it arrives, what waits is tried at once.
   * @throws VeinledgerError NOT_FOUND
   */
  async test(caller: Caller, id: string): Promise<Attempt> {
    const hook = await this.#own(caller, id);
    const delivery = this.#deliveryOf(id);
    const posted = await delivery.send(hook, testContent(hook, `test-${randomUUID()}`));
    if (posted.delivered) delivery.hurry();
    return attemptOf(posted);
  }

  /** @throws VeinledgerError NOT_FOUND */
  async deadLetters(caller: Caller, id: string): Promise<readonly DeadLetter[]> {
    await this.#readable(caller, id);
    return this.#parts.store.deadLetters(id);
  }

  /**
   * Sends a dead letter once more; it is one no longer when it arrives.
   * @throws VeinledgerError NOT_FOUND, NOT_ENTITLED when its registrant may not see the event any more
   */
  async redeliver(caller: Caller, id: string, deadLetter: string): Promise<Attempt> {
    const { store, holderOf, entitlement } = this.#parts;
    const hook = await this.#own(caller, id);
    if ((await store.deadLetter(id, deadLetter)) === undefined)
      throw unknown('dead letter', deadLetter);
    const event = await this.#event(deadLetter);
    const registrant = await registrantOf(hook, holderOf);
    const told = registrant && (await entitlement.told(registrant, event));
    if (told === undefined) {
      throw notEntitled('who registered the webhook may not see this event any more', 'deadLetter');
    }
    const posted = await this.#deliveryOf(id).send(hook, contentOf(told));
    if (posted.delivered) await store.removeDeadLetter(id, deadLetter);
    return attemptOf(posted);
  }

  /** Stops every delivery; what was not taken is delivered after the next start. */
  async close(): Promise<void> {
    await Promise.all([...this.#deliveries.values()].map((delivery) => delivery.stop()));
  }

  #serve({ id, about }: StoredHook): void {
    const kind = about === 'calls' ? CallDelivery : HookDelivery;
    const delivery = new kind(id, this.#parts);
    this.#deliveries.set(id, delivery);
    delivery.start();
  }

  #deliveryOf(id: string): Delivery {
    const delivery = this.#deliveries.get(id);
    if (delivery === undefined) throw unknown('webhook', id);
    return delivery;
  }

  async #event(id: string): Promise<LedgerEvent> {
    const { feed } = this.#parts;
    await feed.now();
    const block = await feed.block(readEventId(id, 'deadLetter').block);
    const event = block?.events.find((each) => each.id === id);
    if (event === undefined) throw unknown('event', id);
    return event;
  }

  #requirePlace({ organisation }: Caller, hooks: readonly StoredHook[]): void {
    const { perOrganisation } = this.#parts.settings;
    const its = hooks.filter((hook) => hook.organisation === organisation).length;
    if (its < perOrganisation) return;
    throw new ProblemError({
      status: 409,
      code: 'TOO_MANY_WEBHOOKS',
      detail: 'the organisation has as many webhooks as it may',
      field: 'url',
      expected: `at most ${perOrganisation}`,
      found: String(its),
    });
  }

  /** A hook is its registrant's and the registrars' of their organisation. */
  #mayChange(caller: Caller, hook: StoredHook): boolean {
    if (caller.id === hook.registrant) return true;
    return caller.roles.includes('registrar') && caller.organisation === hook.organisation;
  }

  #mayRead(caller: Caller, hook: StoredHook): boolean {
    const operates = caller.organisation === this.#parts.operator;
    return this.#mayChange(caller, hook) || (operates && caller.roles.includes('registrar'));
  }

  async #own(caller: Caller, id: string): Promise<StoredHook> {
    const hook = await this.#parts.store.hook(id);
    if (hook && this.#mayChange(caller, hook)) return hook;
    throw unknown('webhook', id);
  }

  async #readable(caller: Caller, id: string): Promise<StoredHook> {
    const hook = await this.#parts.store.hook(id);
    if (hook && this.#mayRead(caller, hook)) return hook;
    throw unknown('webhook', id);
  }

  async #shown(hook: StoredHook): Promise<ShownHook> {
    const { store, holderOf, feed } = this.#parts;
    const { id, url, types, therapy, about } = hook;
    const { registrant: by, organisation, createdAt, disabled } = hook;
    const checkpoint = await store.checkpoint(hook.id);
    const active = (await registrantOf(hook, holderOf)) !== undefined;
    const { position = BEFORE_ALL, tries = 0, notBefore } = checkpoint ?? {};
    const isAhead = await feed.now().then(
      () => feed.isBehind(position),
      () => false,
    );
    const served = isAhead ? 'ahead' : 'active';
    return {
      id,
      url,
      ...(types === undefined ? {} : { types }),
      ...(therapy === undefined ? {} : { therapy }),
      ...(about === undefined ? {} : { about }),
      registrant: by,
      organisation,
      createdAt,
      ...(disabled === undefined ? {} : { disabled }),
      state: !active ? 'suspended' : disabled === undefined ? served : 'disabled',
      after: position.index < 0 ? 'start' : eventId(position),
      tries,
      ...(notBefore === undefined ? {} : { nextTry: notBefore }),
    };
  }
}

/** What is remembered of the call under which a hook is made. */
function heldBy({ roles, algorithm }: Caller): Pick<StoredHook, 'roles' | 'algorithm'> {
  return { roles: [...roles], ...(algorithm === undefined ? {} : { algorithm }) };
}

function attemptOf({ delivered, status, failure }: Posted): Attempt {
  return {
    delivered,
    ...(status === undefined ? {} : { status }),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** What is not there, or is somebody else's. */
function unknown(what: string, found: string): VeinledgerError {
  return new VeinledgerError('NOT_FOUND', `there is no such ${what}`, {
    field: 'id',
    expected: `a ${what}`,
    found,
  });
}
