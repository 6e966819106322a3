import { randomBytes } from 'node:crypto';
import type { JwsAlgorithm } from '@veinledger/domain';
import { nativeSigner } from '@veinledger/client/node';
import type { Caller } from '../auth/caller.js';
import type { GatewayState } from '../state/gateway-state.js';
import { Authenticators } from './authenticators.js';
import { type Challenge, Challenges, type Purpose } from './challenges.js';
import type { Entry } from './entry.js';
import { EntryFiles } from './entry-files.js';
import { KeyMaking } from './key-making.js';
import { LockOut } from './lock-out.js';
import { OneAtATime } from './one-at-a-time.js';
import { OpenUnlocks } from './open-unlocks.js';
import { enrolledKeys, entryOf, ownEntry } from './own-entry.js';
import type { RelyingParty } from './passkeys.js';
import { authenticatorNeeded } from './refusals.js';
import { openKeys } from './sealing.js';
import { signatureKind } from './signature-kinds.js';
import { readSigningRequest } from './signing-request.js';
import { Tickets } from './tickets.js';
import { type Authenticator, Unlocking } from './unlocking.js';

const MS_PER_MINUTE = 60_000;
const SALT_BYTES = 32;

/** What a keystore is opened with. */
export interface KeystoreOptions {
  readonly directory: string;
  /** network id of the consortium root */
  readonly network: string;
  readonly state: Pick<GatewayState, 'collection'>;
  readonly relyingParty: () => RelyingParty;
  /** how long keys may stay unlocked for attributed entries */
  readonly unlockMinutes: number;
  /** base-2 logarithm of scrypt's work factor; age's own when left out */
  readonly workFactor?: number;
  /** milliseconds since 1970; the system's clock when left out */
  readonly now?: () => number;
}

/** By what a signature is asked for: an authenticator, or the handle of an unlocking that is open. */
export type Unlock = Authenticator | { readonly kind: 'open'; readonly unlock: string };

/** For what a challenge is asked. */
export type WantedChallenge =
  | { readonly purpose: 'sign'; readonly payload: string }
  | { readonly purpose: 'unlock' | 'add-passkey' };

/**
 * Ledger keys of staff and devices, encrypted at rest, opened by their owners only. It signs commands of their owners
 * and nothing else. Callers are authenticated before; that alone opens nothing.
 */
export class Keystore {
  readonly tickets: Tickets;
  readonly making: KeyMaking;
  readonly authenticators: Authenticators;
  readonly #network: string;
  readonly #unlockMinutes: number;
  readonly #files: EntryFiles;
  readonly #challenges: Challenges;
  readonly #unlocking: Unlocking;
  readonly #unlocks: OpenUnlocks;
  readonly #alone = new OneAtATime();

  private constructor(options: KeystoreOptions, files: EntryFiles) {
    const { state, network, relyingParty, unlockMinutes, workFactor, now = Date.now } = options;
    this.#network = network;
    this.#unlockMinutes = unlockMinutes;
    this.#files = files;
    this.tickets = new Tickets(state, now);
    const challenges = new Challenges(network, now);
    const unlocks = new OpenUnlocks(now);
    const lockOut = new LockOut(state, now);
    const unlocking = new Unlocking({ files, lockOut, challenges, relyingParty });
    const common = { files, unlocking, alone: this.#alone, workFactor, now };
    this.making = new KeyMaking({ ...common, network, tickets: this.tickets, unlocks });
    this.authenticators = new Authenticators({ ...common, challenges, relyingParty });
    this.#challenges = challenges;
    this.#unlocks = unlocks;
    this.#unlocking = unlocking;
  }

  /** Opens a keystore in a folder, or makes a new one there. */
  static async open(options: KeystoreOptions): Promise<Keystore> {
    return new Keystore(options, await EntryFiles.open(options.directory, options.network));
  }

  /**
   * What the keystore has of an actor.
   * @throws ProblemError 404 NO_KEYS, 409 KEYSTORE_ENTRY_DAMAGED, KEYSTORE_ENTRY_FOREIGN
   */
  entry(actor: string): Promise<Entry> {
    return entryOf(this.#files, actor);
  }

  /** Sets a challenge for a passkey of the caller's. For a signature it is bound to what will be signed. */
  async challenge(
    caller: Caller,
    wanted: WantedChallenge,
  ): Promise<Challenge & { readonly asked: Purpose; readonly entry: Entry }> {
    const entry = await ownEntry(this.#files, caller);
    const asked = this.#purpose(caller, wanted);
    return { ...this.#challenges.set(caller.id, asked), asked, entry };
  }

  /** Keeps the caller's keys open for attributed entries, in memory only, for no longer than the gateway allows. */
  async unlock(
    caller: Caller,
    authenticator: Authenticator,
    minutes = this.#unlockMinutes,
  ): Promise<{ readonly unlock: string; readonly expiresAt: number }> {
    return this.#alone.run(caller.id, async () => {
      const entry = await ownEntry(this.#files, caller);
      const opened = await this.#unlocking.open(entry, authenticator, { purpose: 'unlock' });
      const most = Math.min(minutes, this.#unlockMinutes);
      return this.#unlocks.keep(opened.identity, most * MS_PER_MINUTE);
    });
  }

  /** Forgets the caller's open keys. */
  lock(caller: Caller): void {
    this.#unlocks.lock(caller.id);
  }

  /**
   * Signs a command of the caller's.
   * @param payload its canonical JSON
   * @param algorithms by what members require it to be signed; both when left out
   * @returns a General JWS
   * @throws VeinledgerError and ProblemError: nothing was signed
   */
  async sign(
    caller: Caller,
    payload: string,
    unlock: Unlock,
    algorithms?: readonly JwsAlgorithm[],
  ): Promise<string> {
    const { id, envelope } = readSigningRequest(payload, this.#network, caller);
    const entry = await ownEntry(this.#files, caller);
    const { sealed } = enrolledKeys(entry, caller);
    const identity = await this.#identity(caller, unlock, envelope.type, id);
    const keys = await openKeys(identity, sealed);
    return nativeSigner(keys).sign(payload, 'vnd.veinledger.command+jws', algorithms);
  }

  /** Forgets every open key. */
  close(): void {
    this.#unlocks.lockAll();
  }

  async #identity(caller: Caller, unlock: Unlock, type: string, payload: string) {
    if (unlock.kind === 'open') {
      if (signatureKind(type) === 'own') throw authenticatorNeeded(type);
      return this.#unlocks.take(caller.id, unlock.unlock);
    }
    return this.#alone.run(caller.id, async () => {
      const entry = await ownEntry(this.#files, caller);
      const opened = await this.#unlocking.open(entry, unlock, { purpose: 'sign', payload });
      return opened.identity;
    });
  }

  #purpose(caller: Caller, wanted: WantedChallenge): Purpose {
    switch (wanted.purpose) {
      case 'unlock':
        return { purpose: 'unlock' };
      case 'add-passkey': {
        const salt = randomBytes(SALT_BYTES).toString('base64url');
        return { purpose: 'add-passkey', salt };
      }
      case 'sign': {
        const { id } = readSigningRequest(wanted.payload, this.#network, caller);
        return { purpose: 'sign', payload: id };
      }
    }
  }
}
