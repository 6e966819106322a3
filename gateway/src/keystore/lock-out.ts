import { z } from 'zod';
import type { Collection } from '../state/collection.js';
import type { GatewayState } from '../state/gateway-state.js';
import { lockedOut } from './refusals.js';

/** How many wrong passphrases in a row cost nothing. */
const FREE_FAILURES = 3;
/** The wait after the next one, doubled with each that follows, milliseconds. */
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 24 * 60 * 60_000;

const attempts = z.strictObject({ failures: z.int().min(1), last: z.number() });
type Attempts = z.infer<typeof attempts>;

/** Wrong passphrases by actor. An attempt counts as wrong until it is known to be right: a restart forgives none. */
export class LockOut {
  readonly #collection: Collection<Attempts>;
  readonly #now: () => number;

  constructor(state: Pick<GatewayState, 'collection'>, now: () => number = Date.now) {
    this.#collection = state.collection('keystore-attempts', (value) => attempts.parse(value));
    this.#now = now;
  }

  /**
   * Looks whether an attempt may be made.
   * @throws ProblemError 429 KEYSTORE_LOCKED_OUT with the seconds to wait
   */
  async require(actor: string): Promise<void> {
    await this.#before(actor, this.#now());
  }

  /**
   * Writes an attempt down.
   * @throws ProblemError as {@link LockOut.require}
   */
  async begin(actor: string): Promise<void> {
    const now = this.#now();
    const before = await this.#before(actor, now);
    await this.#collection.put(actor, { failures: (before?.failures ?? 0) + 1, last: now });
  }

  /** The passphrase was right: everything before is forgiven. */
  succeeded(actor: string): Promise<void> {
    return this.#collection.delete(actor);
  }

  /** What was tried before, where another attempt may be made. */
  async #before(actor: string, now: number): Promise<Attempts | undefined> {
    const before = await this.#collection.get(actor);
    const left = before === undefined ? 0 : before.last + waitAfter(before.failures) - now;
    // a clock that was set back must not make the wait longer
    if (left > 0) throw lockedOut(now + Math.min(left, LONGEST_WAIT_MS), now);
    return before;
  }
}

function waitAfter(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE_FAILURES), LONGEST_WAIT_MS);
}
