import { randomBytes } from 'node:crypto';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import {
  possessionStatement,
  type PublicKeys,
  requirePossession,
} from '@veinledger/chaincode/domain';
import { generateHybridIdentity } from 'age-encryption';
import type { Caller } from '../auth/caller.js';
import { isPatientCaller } from '../auth/caller.js';
import type { ActorKeys } from '../client/actor-keys.js';
import { generateActorKeys } from '../client/keys.js';
import { nativeSigner } from '../client/native-signer.js';
import type { GatewayState } from '../state/gateway-state.js';
import { type Challenge, Challenges, type Purpose } from './challenges.js';
import type { Entry, EntryIdentity, KeySet } from './entry.js';
import { EntryFiles } from './entry-files.js';
import { LockOut } from './lock-out.js';
import { OneAtATime } from './one-at-a-time.js';
import { OpenUnlocks } from './open-unlocks.js';
import { type Assertion, challengeIn, prfOf, type Registration } from './passkey-answers.js';
import { checkAssertion, checkRegistration, type RelyingParty } from './passkeys.js';
import {
  authenticatorNeeded,
  keysExist,
  noKeys,
  notEnrolled,
  notForPatients,
  passkeyWithoutPrf,
  unknownChallenge,
} from './refusals.js';
import { openKeys, sealByPassphrase, sealByPrf, sealKeys } from './sealing.js';
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
  readonly state: Pick<GatewayState, 'drawer'>;
  readonly relyingParty: () => RelyingParty;
  /** how long keys may stay unlocked for attributed entries */
  readonly unlockMinutes: number;
  /** base-2 logarithm of scrypt's work factor; age's own when left out */
  readonly workFactor?: number;
  /** milliseconds since 1970; the system's clock when left out */
  readonly now?: () => number;
}

/** What somebody brings who makes keys at this gateway. */
export interface NewEntry {
  readonly ticket: string;
  readonly passphrase: string;
  /** keys from elsewhere; made here when left out */
  readonly keys?: ActorKeys | undefined;
}

/** What a registrar enrols, or a rotation carries: public keys, and the proof that somebody holds the private ones. */
export interface MadeKeys {
  readonly actor: string;
  readonly keys: PublicKeys;
  readonly proof: string;
}

/** By what a signature is asked for: an authenticator, or the handle of an unlocking that is open. */
export type Unlock = Authenticator | { readonly kind: 'open'; readonly unlock: string };

/**
 * Ledger keys of staff and devices, encrypted at rest, opened by their owners only. It signs commands of their owners
 * and nothing else. Callers are authenticated before; that alone opens nothing.
 */
export class Keystore {
  readonly #options: KeystoreOptions;
  readonly #files: EntryFiles;
  readonly #tickets: Tickets;
  readonly #challenges: Challenges;
  readonly #unlocking: Unlocking;
  readonly #unlocks: OpenUnlocks;
  readonly #alone = new OneAtATime();

  private constructor(options: KeystoreOptions, files: EntryFiles) {
    const { state, network, relyingParty, now } = options;
    this.#options = options;
    this.#files = files;
    this.#tickets = new Tickets(state, now);
    this.#challenges = new Challenges(network, now);
    this.#unlocks = new OpenUnlocks(now);
    const lockOut = new LockOut(state, now);
    this.#unlocking = new Unlocking({ files, lockOut, challenges: this.#challenges, relyingParty });
  }

  /** Opens a keystore in a folder, or makes a new one there. */
  static async open(options: KeystoreOptions): Promise<Keystore> {
    return new Keystore(options, await EntryFiles.open(options.directory, options.network));
  }

  get tickets(): Tickets {
    return this.#tickets;
  }

  /**
   * Makes or takes over the keys of whom a ticket names.
   * @throws ProblemError 403 TICKET_INVALID, TICKET_EXPIRED; 409 KEYS_EXIST
   * @throws VeinledgerError SIGNATURE_INVALID, WEAK_KEY for private keys that do not fit the public ones
   */
  async create({ ticket, passphrase, keys = generateActorKeys() }: NewEntry): Promise<MadeKeys> {
    const { actor } = await this.#tickets.read(ticket);
    return this.#alone.run(actor, async () => {
      const { organisation, replaces } = await this.#tickets.read(ticket);
      if (!replaces && (await this.#exists(actor))) throw keysExist();
      const { network, workFactor } = this.#options;
      const identity = { v: 1, network, actor, identity: await generateHybridIdentity() } as const;
      const keySet = await this.#keySet(identity, keys);
      const sealed = await sealByPassphrase(identity, passphrase, workFactor);
      const createdAt = this.#instant();
      await this.#tickets.spend(ticket);
      this.#unlocks.lock(actor);
      await this.#files.retire(actor, new Date(createdAt));
      await this.#files.put({
        ...{ v: 1, network, actor, organisation, createdAt },
        ...{ keySets: [keySet], passphrase: sealed, passkeys: [] },
      });
      return { actor, keys: keySet.public, proof: keySet.proof };
    });
  }

  /**
   * What the keystore has of an actor.
   * @throws ProblemError 404 NO_KEYS, 409 KEYSTORE_ENTRY_DAMAGED, KEYSTORE_ENTRY_FOREIGN
   */
  async entry(actor: string): Promise<Entry> {
    const entry = await this.#files.find(actor);
    if (entry === undefined) throw noKeys();
    return entry;
  }

  /** Sets a challenge for a passkey of the caller's. For a signature it is bound to what will be signed. */
  async challenge(
    caller: Caller,
    asked:
      { purpose: 'sign'; payload: string } | { purpose: 'unlock' } | { purpose: 'add-passkey' },
  ): Promise<Challenge & { readonly asked: Purpose; readonly entry: Entry }> {
    const entry = await this.#entryOf(caller);
    const purpose = this.#purpose(caller, asked);
    return { ...this.#challenges.set(caller.id, purpose), asked: purpose, entry };
  }

  /**
   * Adds a passkey that registered itself and answered, both to one challenge.
   * @throws ProblemError as {@link Unlocking.open}, and 403 PASSKEY_REFUSED
   */
  async addPasskey(
    caller: Caller,
    asked: { unlock: Authenticator; registration: Registration; assertion: Assertion },
  ): Promise<Entry> {
    return this.#alone.run(caller.id, async () => {
      const { unlock, registration, assertion } = asked;
      const challenge = challengeIn(registration);
      const unlockedBy = unlock.kind === 'passkey' ? challengeIn(unlock.assertion) : challenge;
      if (challengeIn(assertion) !== challenge || unlockedBy !== challenge)
        throw unknownChallenge();
      const before = await this.#entryOf(caller);
      const expected = { purpose: 'add-passkey' } as const;
      const opened = await this.#unlocking.open(before, unlock, expected);
      const purpose = opened.asked ?? this.#challenges.take(caller.id, challenge, expected);
      if (purpose.purpose !== 'add-passkey') throw unknownChallenge();
      const party = this.#options.relyingParty();
      const credential = await checkRegistration(party, registration, challenge);
      const prf = prfOf(assertion);
      if (prf === undefined) throw passkeyWithoutPrf('body.assertion');
      const sealed = await sealByPrf(opened.identity, prf, credential.id);
      const made = { ...credential, salt: purpose.salt, sealed, addedAt: this.#instant() };
      const counter = await checkAssertion(party, assertion, challenge, made);
      const entry = await this.#entryOf(caller);
      const others = entry.passkeys.filter(({ id }) => id !== made.id);
      const after = { ...entry, passkeys: [...others, { ...made, counter }] };
      await this.#files.put(after);
      return after;
    });
  }

  /** Makes the keys that will take the place of the caller's; they count once the ledger has them. */
  async prepareRotation(caller: Caller, unlock: Authenticator): Promise<MadeKeys> {
    return this.#alone.run(caller.id, async () => {
      const before = await this.#entryOf(caller);
      const current = enrolledKeys(before, caller);
      const opened = await this.#unlocking.open(before, unlock, { purpose: 'unlock' });
      const next = await this.#keySet(opened.identity, generateActorKeys());
      await this.#files.put({ ...(await this.#entryOf(caller)), keySets: [current, next] });
      return { actor: caller.id, keys: next.public, proof: next.proof };
    });
  }

  /** Keeps the caller's keys open for attributed entries, in memory only. */
  async unlock(
    caller: Caller,
    authenticator: Authenticator,
    minutes = this.#options.unlockMinutes,
  ): Promise<{ readonly unlock: string; readonly expiresAt: number }> {
    return this.#alone.run(caller.id, async () => {
      const entry = await this.#entryOf(caller);
      const opened = await this.#unlocking.open(entry, authenticator, { purpose: 'unlock' });
      const most = Math.min(minutes, this.#options.unlockMinutes);
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
   * @returns a General JWS
   * @throws VeinledgerError and ProblemError: nothing was signed
   */
  async sign(caller: Caller, payload: string, unlock: Unlock): Promise<string> {
    const request = readSigningRequest(payload, this.#options.network, caller);
    const { type } = request.envelope;
    if (unlock.kind === 'open' && signatureKind(type) === 'own') throw authenticatorNeeded(type);
    const open = async () => {
      const entry = await this.#entryOf(caller);
      const { sealed } = enrolledKeys(entry, caller);
      if (unlock.kind === 'open')
        return { sealed, identity: this.#unlocks.take(caller.id, unlock.unlock) };
      const expected = { purpose: 'sign', payload: request.id } as const;
      return { sealed, identity: (await this.#unlocking.open(entry, unlock, expected)).identity };
    };
    const { sealed, identity } =
      unlock.kind === 'open' ? await open() : await this.#alone.run(caller.id, open);
    const keys = await openKeys(identity, sealed);
    return nativeSigner(keys).sign(payload, 'vnd.veinledger.command+jws');
  }

  /** Forgets every open key. */
  close(): void {
    this.#unlocks.lockAll();
  }

  #purpose(
    caller: Caller,
    asked:
      { purpose: 'sign'; payload: string } | { purpose: 'unlock' } | { purpose: 'add-passkey' },
  ): Purpose {
    if (asked.purpose === 'unlock') return asked;
    if (asked.purpose === 'add-passkey') {
      return { purpose: 'add-passkey', salt: randomBytes(SALT_BYTES).toString('base64url') };
    }
    const { id } = readSigningRequest(asked.payload, this.#options.network, caller);
    return { purpose: 'sign', payload: id };
  }

  async #entryOf(caller: Caller): Promise<Entry> {
    if (isPatientCaller(caller)) throw notForPatients();
    return this.entry(caller.id);
  }

  async #exists(actor: string): Promise<boolean> {
    return (await this.#files.find(actor)) !== undefined;
  }

  async #keySet(identity: EntryIdentity, keys: ActorKeys): Promise<KeySet> {
    const { network, actor } = identity;
    const statement = possessionStatement(network, actor);
    const proof = await nativeSigner(keys).sign(statement, 'vnd.veinledger.possession+jws');
    requirePossession(proof, { network, actor, keys: keys.public }, nativeVerifier);
    const sealed = await sealKeys(identity, keys);
    return { public: keys.public, proof, sealed, createdAt: this.#instant() };
  }

  #instant(): string {
    return new Date(this.#options.now?.() ?? Date.now()).toISOString();
  }
}

/** The keys that the ledger has as the caller's. */
function enrolledKeys(entry: Entry, caller: Caller): KeySet {
  const { ed25519, mlDsa65 } = caller.keys;
  const found = entry.keySets.find(
    (each) => each.public.ed25519 === ed25519 && each.public.mlDsa65 === mlDsa65,
  );
  if (found) return found;
  throw notEnrolled();
}
