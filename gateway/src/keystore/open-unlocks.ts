import { randomBytes } from 'node:crypto';
import { sha256Base64url } from '@veinledger/domain';
import type { EntryIdentity } from './entry.js';
import { locked } from './refusals.js';

interface Open {
  readonly handle: string;
  readonly identity: EntryIdentity;
  readonly expiresAt: number;
  readonly timer: NodeJS.Timeout;
}

const HANDLE_BYTES = 32;

/** Keys that their owners unlocked for a while: in memory only, one unlocking for each actor, the last one. */
export class OpenUnlocks {
  readonly #open = new Map<string, Open>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Keeps keys open; whoever shows the handle within the time signs with them, and nobody else. */
  keep(
    identity: EntryIdentity,
    milliseconds: number,
  ): { readonly unlock: string; readonly expiresAt: number } {
    this.lock(identity.actor);
    const unlock = randomBytes(HANDLE_BYTES).toString('base64url');
    const expiresAt = this.#now() + milliseconds;
    const timer = setTimeout(() => this.lock(identity.actor), milliseconds);
    timer.unref();
    this.#open.set(identity.actor, { handle: sha256Base64url(unlock), identity, expiresAt, timer });
    return { unlock, expiresAt };
  }

  /**
   * The actor's unlocked keys.
   * @throws ProblemError 403 KEYSTORE_LOCKED
   */
  take(actor: string, unlock: string): EntryIdentity {
    const found = this.#open.get(actor);
    if (found?.handle !== sha256Base64url(unlock) || found.expiresAt <= this.#now()) throw locked();
    return found.identity;
  }

  /** Forgets the actor's keys. */
  lock(actor: string): void {
    clearTimeout(this.#open.get(actor)?.timer);
    this.#open.delete(actor);
  }

  /** Forgets all keys. */
  lockAll(): void {
    for (const actor of this.#open.keys()) this.lock(actor);
  }
}
