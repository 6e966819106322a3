import { type Next, VeinledgerError } from '@veinledger/domain';
import { LedgerError } from '@veinledger/ledger';
import type { Caller } from '../../auth/caller.js';
import { contractCodeOf } from '../../problems/contract-code.js';
import type { CallerReader } from '../../reads/caller-reader.js';
import type { TherapyIndex } from '../../reads/therapy-index.js';
import type { LedgerEvent } from '../ledger-event.js';
import { callsIn } from './call.js';
import { Delivery, type DeliveryParts, LOOK_AGAIN_MS, SECOND_MS } from './delivery.js';
import type { StoredHook } from './hook.js';
import { startingAt } from './hook-store.js';
import type { Posted } from './post-message.js';
import { registrantOf } from './registrant.js';
import { delayAfter } from './schedule.js';

/** What decides who is called in every therapy. */
const OF_ALL_THERAPIES: ReadonlySet<string> = new Set([
  'registry:RecordRota',
  'registry:RevokeActor',
  'registry:Vote',
]);

export interface CallParts extends DeliveryParts {
  readonly reader: Pick<CallerReader, 'read' | 'therapy'>;
  readonly index: Pick<TherapyIndex, 'list'>;
}

/** When a therapy is looked at again. */
interface Watch {
  readonly patient: string;
  /** milliseconds; never by time alone where it is infinite */
  readonly lookAt: number;
  /** how often in a row its receiver did not take a call */
  readonly tries: number;
}

/**
 * Serves one hook that is told whom its organisation has to act: of each therapy that its registrant may read, when an event
 * or the clock changes who that is. Each call is told once, and again when it comes back. What was not taken is told later,
 * as long as it still stands, so that nothing is kept of it. After a start every therapy is looked at.
 */
export class CallDelivery extends Delivery<CallParts> {
  readonly #watches = new Map<string, Watch>();
  readonly #changed = new Set<string>();

  constructor(id: string, parts: CallParts) {
    super(id, parts, 'webhook calls wait');
  }

  /** Looks at once at what waits for its receiver. */
  override hurry(): void {
    for (const [coi, { tries }] of this.#watches) if (tries > 0) this.#changed.add(coi);
    super.hurry();
  }

  protected async serve(): Promise<void> {
    const { feed, store } = this.parts;
    let { block } = await feed.now();
    let isListed = false;
    while (!this.pauses.stopped()) {
      const hook = await store.hook(this.id);
      if (hook === undefined || hook.disabled !== undefined) return;
      const registrant = await registrantOf(hook, this.parts.holderOf);
      if (registrant === undefined) {
        await this.pauses.pause(LOOK_AGAIN_MS);
        continue;
      }
      if (!isListed) await this.#list(hook, registrant);
      isListed = true;
      const next = await feed.block(block + 1);
      if (next) {
        block = next.number;
        for (const event of next.events) this.#note(event, hook);
        continue;
      }
      const [coi] = this.#due();
      if (coi !== undefined) {
        await this.#look(coi, hook, registrant);
        continue;
      }
      await store.putCheckpoint(this.id, startingAt({ block, index: 0 }));
      await this.pauses.pause(this.#untilDue(), (wake) => feed.wait(block + 1, wake));
    }
  }

  async #list({ therapy }: StoredHook, registrant: Caller): Promise<void> {
    if (therapy !== undefined) {
      this.#changed.add(therapy);
      return;
    }
    for await (const { item } of this.parts.index.list(registrant)()) this.#changed.add(item.coi);
  }

  /** Which therapies an event may have changed: its own, those of its patient, or all. */
  #note({ receipt: { scope, type } }: LedgerEvent, { therapy }: StoredHook): void {
    const isWanted = (coi: string) => therapy === undefined || therapy === coi;
    if (scope.kind === 'therapy') {
      if (isWanted(scope.id)) this.#changed.add(scope.id);
      return;
    }
    if (scope.kind === 'consortium' && !OF_ALL_THERAPIES.has(type)) return;
    for (const [coi, { patient }] of this.#watches) {
      if (scope.kind !== 'patient' || scope.id === patient) this.#changed.add(coi);
    }
  }

  #due(): readonly string[] {
    const now = Date.now();
    const late = [...this.#watches].flatMap(([coi, { lookAt }]) => (lookAt <= now ? [coi] : []));
    return [...this.#changed, ...late];
  }

  /** At least a second, since the ledger's clock may be behind. */
  #untilDue(): number {
    const first = Math.min(...[...this.#watches.values()].map(({ lookAt }) => lookAt));
    return Math.min(Math.max(first - Date.now(), SECOND_MS), LOOK_AGAIN_MS);
  }

  async #look(coi: string, hook: StoredHook, registrant: Caller): Promise<void> {
    const { store, settings } = this.parts;
    this.#changed.delete(coi);
    const watch = this.#watches.get(coi);
    const found = await this.#read(coi, registrant).catch((error: unknown) => {
      this.#changed.add(coi);
      throw error;
    });
    if (found === undefined) {
      this.#watches.delete(coi);
      return;
    }
    const { next, patient } = found;
    const calls = callsIn(next, hook);
    const before = new Set(await store.told(this.id, coi));
    const told = calls.filter(({ id }) => before.has(id)).map(({ id }) => id);
    let failed: Posted | undefined;
    for (const { id, content } of calls) {
      if (before.has(id) || failed) continue;
      const posted = await this.send(hook, content);
      if (posted.status === 410) {
        await store.change(this.id, (stored) => ({ ...stored, disabled: 'gone' }));
        return;
      }
      if (posted.delivered) told.push(id);
      else failed = posted;
    }
    await store.putTold(this.id, coi, told);
    const byTime = next.changesAt === undefined ? Infinity : Date.parse(next.changesAt);
    const tries = failed ? (watch?.tries ?? 0) + 1 : 0;
    const { retrySeconds } = settings;
    const again = failed
      ? Date.now() +
        (delayAfter(Math.min(tries, retrySeconds.length), retrySeconds, failed.retryAfterMs) ??
          LOOK_AGAIN_MS)
      : Infinity;
    this.#watches.set(coi, { patient, lookAt: Math.min(byTime, again), tries });
  }

  /** Undefined where the registrant may not read the therapy. */
  async #read(
    coi: string,
    registrant: Caller,
  ): Promise<{ readonly next: Next; readonly patient: string } | undefined> {
    const { reader } = this.parts;
    try {
      const next = (await reader.read(registrant, 'therapy:ReadNext', coi)) as Next;
      const known = this.#watches.get(coi)?.patient;
      return { next, patient: known ?? (await reader.therapy(registrant, coi)).patient };
    } catch (error) {
      const refused = error instanceof VeinledgerError || error instanceof LedgerError;
      const code = error instanceof VeinledgerError ? error.code : contractCodeOf(error);
      if (refused && (code === 'NOT_ENTITLED' || code === 'UNKNOWN_COI')) return undefined;
      throw error;
    }
  }
}
