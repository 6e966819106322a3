import type { Caller } from '../auth/caller.js';
import type { Challenges } from './challenges.js';
import type { Entry } from './entry.js';
import type { EntryFiles } from './entry-files.js';
import type { OneAtATime } from './one-at-a-time.js';
import { ownEntry } from './own-entry.js';
import { type Assertion, challengeIn, prfOf, type Registration } from './passkey-answers.js';
import { checkAssertion, checkRegistration, type RelyingParty } from './passkeys.js';
import { noSuchPasskey, passkeyWithoutPrf, tooManyPasskeys, unknownChallenge } from './refusals.js';
import { sealByPassphrase, sealByPrf } from './sealing.js';
import type { Authenticator, Unlocking } from './unlocking.js';

/** The most passkeys of one person. */
const MAX_PASSKEYS = 16;

export interface AuthenticatorsParts {
  readonly files: EntryFiles;
  readonly challenges: Challenges;
  readonly unlocking: Unlocking;
  readonly relyingParty: () => RelyingParty;
  readonly alone: OneAtATime;
  /** base-2 logarithm of scrypt's work factor; age's own when left out */
  readonly workFactor?: number | undefined;
  readonly now: () => number;
}

/** A passkey that registered itself and then answered, both to the same challenge. */
export interface NewPasskey {
  readonly unlock: Authenticator;
  readonly registration: Registration;
  readonly assertion: Assertion;
}

/** By what people open their keys: each change is opened by what was there before. */
export class Authenticators {
  readonly #parts: AuthenticatorsParts;

  constructor(parts: AuthenticatorsParts) {
    this.#parts = parts;
  }

  /**
   * Adds a passkey.
   * @throws ProblemError as {@link Unlocking.open}, and 409 TOO_MANY_PASSKEYS
   */
  async addPasskey(
    caller: Caller,
    { unlock, registration, assertion }: NewPasskey,
  ): Promise<Entry> {
    const { files, challenges, unlocking, relyingParty, alone, now } = this.#parts;
    return alone.run(caller.id, async () => {
      const challenge = challengeIn(registration);
      const unlockedBy = unlock.kind === 'passkey' ? challengeIn(unlock.assertion) : challenge;
      if (challengeIn(assertion) !== challenge || unlockedBy !== challenge)
        throw unknownChallenge();
      const before = await ownEntry(files, caller);
      if (before.passkeys.length >= MAX_PASSKEYS) throw tooManyPasskeys(MAX_PASSKEYS);
      const expected = { purpose: 'add-passkey' } as const;
      const opened = await unlocking.open(before, unlock, expected);
      const asked = opened.asked ?? challenges.take(caller.id, challenge, expected);
      if (asked.purpose !== 'add-passkey') throw unknownChallenge();
      const party = relyingParty();
      const credential = await checkRegistration(party, registration, challenge);
      const prf = prfOf(assertion);
      if (prf === undefined) throw passkeyWithoutPrf('body.assertion');
      const sealed = await sealByPrf(opened.identity, prf, credential.id);
      const addedAt = new Date(now()).toISOString();
      const made = { ...credential, salt: asked.salt, sealed, addedAt };
      const counter = await checkAssertion(party, assertion, challenge, made);
      return this.#change(caller, (passkeys) => [
        ...passkeys.filter(({ id }) => id !== made.id),
        { ...made, counter },
      ]);
    });
  }

  /**
   * Takes a passkey away, for instance that of a lost device.
   * @throws ProblemError as {@link Unlocking.open}, and 404 NO_SUCH_PASSKEY
   */
  async removePasskey(caller: Caller, unlock: Authenticator, passkey: string): Promise<Entry> {
    const { files, unlocking, alone } = this.#parts;
    return alone.run(caller.id, async () => {
      const before = await ownEntry(files, caller);
      if (!before.passkeys.some(({ id }) => id === passkey)) throw noSuchPasskey();
      await unlocking.open(before, unlock, { purpose: 'unlock' });
      return this.#change(caller, (passkeys) => passkeys.filter(({ id }) => id !== passkey));
    });
  }

  /**
   * Puts another passphrase in the place of the one there is.
   * @throws ProblemError as {@link Unlocking.open}
   */
  async changePassphrase(
    caller: Caller,
    unlock: Authenticator,
    passphrase: string,
  ): Promise<Entry> {
    const { files, unlocking, alone, workFactor } = this.#parts;
    return alone.run(caller.id, async () => {
      const before = await ownEntry(files, caller);
      const { identity } = await unlocking.open(before, unlock, { purpose: 'unlock' });
      const sealed = await sealByPassphrase(identity, passphrase, workFactor);
      const after = { ...(await ownEntry(files, caller)), passphrase: sealed };
      await files.put(after);
      return after;
    });
  }

  /** Reads the entry again first: an unlocking by passkey has written the passkey's counter. */
  async #change(
    caller: Caller,
    change: (passkeys: Entry['passkeys']) => Entry['passkeys'],
  ): Promise<Entry> {
    const entry = await ownEntry(this.#parts.files, caller);
    const after = { ...entry, passkeys: change(entry.passkeys) };
    await this.#parts.files.put(after);
    return after;
  }
}
