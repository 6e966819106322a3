import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { possessionStatement, type PublicKeys, requirePossession } from '@veinledger/domain';
import { generateHybridIdentity } from 'age-encryption';
import { type ActorKeys, generateActorKeys, nativeSigner } from '@veinledger/client/node';
import type { Caller } from '../auth/caller.js';
import type { EntryIdentity, KeySet } from './entry.js';
import type { EntryFiles } from './entry-files.js';
import type { OneAtATime } from './one-at-a-time.js';
import type { OpenUnlocks } from './open-unlocks.js';
import { enrolledKeys, ownEntry } from './own-entry.js';
import { keysExist } from './refusals.js';
import { sealByPassphrase, sealKeys } from './sealing.js';
import type { Tickets } from './tickets.js';
import type { Authenticator, Unlocking } from './unlocking.js';

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

export interface KeyMakingParts {
  readonly files: EntryFiles;
  readonly network: string;
  readonly tickets: Tickets;
  readonly unlocking: Unlocking;
  readonly unlocks: OpenUnlocks;
  readonly alone: OneAtATime;
  /** base-2 logarithm of scrypt's work factor; age's own when left out */
  readonly workFactor?: number | undefined;
  readonly now: () => number;
}

/** Makes keys for staff and devices, and the keys that take their place. */
export class KeyMaking {
  readonly #parts: KeyMakingParts;

  constructor(parts: KeyMakingParts) {
    this.#parts = parts;
  }

  /**
   * Makes or takes over the keys of whom a ticket names.
   * @throws ProblemError 403 TICKET_INVALID, TICKET_EXPIRED; 409 KEYS_EXIST
   * @throws VeinledgerError SIGNATURE_INVALID, WEAK_KEY for private keys that do not fit the public ones
   */
  async create({ ticket, passphrase, keys = generateActorKeys() }: NewEntry): Promise<MadeKeys> {
    const { files, tickets, unlocks, alone, network, workFactor } = this.#parts;
    const { actor } = await tickets.read(ticket);
    return alone.run(actor, async () => {
      // another call may have spent it while this one waited
      const { organisation, replaces } = await tickets.read(ticket);
      if (!replaces && (await files.find(actor)) !== undefined) throw keysExist();
      const identity = { v: 1, network, actor, identity: await generateHybridIdentity() } as const;
      const keySet = await this.#keySet(identity, keys);
      const sealed = await sealByPassphrase(identity, passphrase, workFactor);
      await tickets.spend(ticket);
      unlocks.lock(actor);
      await files.retire(actor, new Date(this.#parts.now()));
      await files.put({
        ...{ v: 1, network, actor, organisation, createdAt: keySet.createdAt },
        ...{ keySets: [keySet], passphrase: sealed, passkeys: [] },
      });
      return { actor, keys: keySet.public, proof: keySet.proof };
    });
  }

  /**
   * Makes the keys that will take the place of the caller's; the ledger says when they do.
   * @throws ProblemError as {@link Unlocking.open}, and 409 KEYS_NOT_ENROLLED
   */
  async prepareRotation(caller: Caller, unlock: Authenticator): Promise<MadeKeys> {
    const { files, alone, unlocking } = this.#parts;
    return alone.run(caller.id, async () => {
      const before = await ownEntry(files, caller);
      const current = enrolledKeys(before, caller);
      const opened = await unlocking.open(before, unlock, { purpose: 'unlock' });
      const next = await this.#keySet(opened.identity, generateActorKeys());
      await files.put({ ...(await ownEntry(files, caller)), keySets: [current, next] });
      return { actor: caller.id, keys: next.public, proof: next.proof };
    });
  }

  async #keySet(identity: EntryIdentity, keys: ActorKeys): Promise<KeySet> {
    const { network, actor } = identity;
    const statement = possessionStatement(network, actor);
    const proof = await nativeSigner(keys).sign(statement, 'vnd.veinledger.possession+jws');
    await requirePossession(proof, { network, actor, keys: keys.public }, nativeVerifier);
    const createdAt = new Date(this.#parts.now()).toISOString();
    return { public: keys.public, proof, sealed: await sealKeys(identity, keys), createdAt };
  }
}
