import { z } from 'zod';
import { challengeIn, assertionSchema, prfOf } from './passkey-answers.js';
import type { Challenges, Expected, Purpose } from './challenges.js';
import type { Entry, EntryIdentity } from './entry.js';
import type { EntryFiles } from './entry-files.js';
import type { LockOut } from './lock-out.js';
import { checkAssertion, type RelyingParty } from './passkeys.js';
import { passkeyRefused, passkeyWithoutPrf, wrongPassphrase } from './refusals.js';
import { openByPassphrase, openByPrf } from './sealing.js';

const MAX_PASSPHRASE = 256;

/** By what a person opens their keys. */
export const authenticatorSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('passphrase'),
    passphrase: z.string().min(1).max(MAX_PASSPHRASE),
  }),
  z.strictObject({ kind: z.literal('passkey'), assertion: assertionSchema }),
]);

export type Authenticator = z.infer<typeof authenticatorSchema>;
type PasskeyAnswer = Extract<Authenticator, { kind: 'passkey' }>['assertion'];

/** An opened entry, with what its challenge was set for where a passkey opened it. */
export interface Unlocked {
  readonly identity: EntryIdentity;
  readonly asked?: Purpose;
}

/** Opens entries by their owners' authenticators. */
export class Unlocking {
  readonly #parts: {
    readonly files: EntryFiles;
    readonly lockOut: LockOut;
    readonly challenges: Challenges;
    readonly relyingParty: () => RelyingParty;
  };

  constructor(parts: {
    readonly files: EntryFiles;
    readonly lockOut: LockOut;
    readonly challenges: Challenges;
    readonly relyingParty: () => RelyingParty;
  }) {
    this.#parts = parts;
  }

  /**
   * Opens an entry. A passkey must have answered a challenge that was set for exactly this.
   * @throws ProblemError 403 PASSPHRASE_WRONG, CHALLENGE_UNKNOWN, PASSKEY_REFUSED; 429 KEYSTORE_LOCKED_OUT, KEYSTORE_BUSY;
   *   503 KEYSTORE_BUSY; 400 PASSKEY_WITHOUT_PRF; 409 KEYSTORE_ENTRY_DAMAGED, KEYSTORE_ENTRY_FOREIGN
   */
  async open(entry: Entry, authenticator: Authenticator, expected: Expected): Promise<Unlocked> {
    return authenticator.kind === 'passphrase'
      ? { identity: await this.#byPassphrase(entry, authenticator.passphrase) }
      : this.#byPasskey(entry, authenticator.assertion, expected);
  }

  async #byPassphrase(entry: Entry, passphrase: string): Promise<EntryIdentity> {
    const { lockOut } = this.#parts;
    await lockOut.require(entry.actor);
    const begin = () => lockOut.begin(entry.actor);
    const identity = await openByPassphrase(entry, entry.passphrase, passphrase, begin);
    if (identity === undefined) throw wrongPassphrase();
    await lockOut.succeeded(entry.actor);
    return identity;
  }

  async #byPasskey(entry: Entry, answer: PasskeyAnswer, expected: Expected): Promise<Unlocked> {
    const { challenges, files, relyingParty } = this.#parts;
    const challenge = challengeIn(answer);
    const asked = challenges.take(entry.actor, challenge, expected);
    const passkey = entry.passkeys.find(({ id }) => id === answer.id);
    if (passkey === undefined) throw passkeyRefused();
    const counter = await checkAssertion(relyingParty(), answer, challenge, passkey);
    const prf = prfOf(answer);
    if (prf === undefined) throw passkeyWithoutPrf('body.unlock.assertion');
    const identity = await openByPrf(entry, passkey.sealed, prf, passkey.id);
    if (identity === undefined) throw passkeyRefused();
    if (counter !== passkey.counter) {
      const passkeys = entry.passkeys.map((each) =>
        each === passkey ? { ...each, counter } : each,
      );
      await files.put({ ...entry, passkeys });
    }
    return { identity, asked };
  }
}
