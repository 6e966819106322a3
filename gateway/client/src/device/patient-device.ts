import { possessionStatement, type PublicKeys } from '@veinledger/domain';
import type { ActorKeys } from '../keys/actor-keys.js';
import { generateActorKeys } from '../keys/generate.js';
import { webSigner } from '../signing/web-signer.js';
import { DeviceError } from './device-error.js';
import type { DeviceStore } from './device-store.js';
import {
  closeBox,
  type KeyBox,
  type KeyOwner,
  openBox,
  type OpenBox,
  opened,
  type Opener,
  readBox,
  writeBox,
} from './key-box.js';
import type { Argon2Cost } from './passphrase-lock.js';

/** Whom a device belongs to, readable without opening its keys. */
export interface DeviceOwner extends KeyOwner {
  /** credential ids and salts of the passkeys that open it */
  readonly passkeys: readonly { readonly credential: string; readonly salt: string }[];
  readonly passphrase: boolean;
}

/** What a device hands in to be enrolled. */
export interface DevicePossession {
  readonly keys: PublicKeys;
  /** a General JWS by both keys over network and actor */
  readonly proof: string;
}

export interface DeviceOptions {
  readonly store: DeviceStore;
  /** what a passphrase costs; {@link PASSPHRASE_COST} when left out */
  readonly cost?: Argon2Cost;
}

/**
 * A patient's own device: it makes keys, keeps them encrypted, opens them for a signature, and takes them to another
 * device. Private keys leave it encrypted only, and no gateway sees them.
 */
export class PatientDevice {
  readonly #options: DeviceOptions;

  constructor(options: DeviceOptions) {
    this.#options = options;
  }

  /** Whose keys are here; undefined where there are none, for instance since the storage was wiped. */
  async owner(): Promise<DeviceOwner | undefined> {
    const text = await this.#options.store.read();
    return text === undefined ? undefined : ownerOf(readBox(text));
  }

  /**
   * Makes keys, and keeps them before it answers.
   * @param by what opens them from now on
   * @throws DeviceError KEYS_HERE when there are some already, of another tab for instance; PASSPHRASE_TOO_SHORT,
   *   PASSKEY_REFUSED, PAGE_NOT_SECURE
   */
  async make(owner: KeyOwner, by: readonly Opener[]): Promise<DevicePossession> {
    const { store, cost } = this.#options;
    if ((await store.read()) !== undefined) throw keysHere();
    const keys = generateActorKeys();
    await this.#keep(await closeBox(opened(owner, keys), by, cost), undefined);
    return possessionOf(owner, keys);
  }

  /**
   * Opens the keys.
   * @throws DeviceError NO_KEYS_HERE, PASSPHRASE_WRONG, PASSKEY_UNKNOWN, PASSKEY_REFUSED, BACKUP_DAMAGED
   */
  async open(opener: Opener): Promise<OpenBox> {
    return openBox(readBox(await this.#text()), opener);
  }

  /** What the open keys hand in to be enrolled; the same keys as often as it is asked. */
  possession({ owner, keys }: OpenBox): Promise<DevicePossession> {
    return possessionOf(owner, keys);
  }

  /**
   * Puts other locks in the place of those there are, for instance a passkey beside the passphrase.
   * @throws DeviceError NO_KEYS_HERE, KEYS_HERE when another tab changed them meanwhile, PASSPHRASE_TOO_SHORT
   */
  async lock(open: OpenBox, by: readonly Opener[]): Promise<void> {
    const seen = await this.#text();
    await this.#keep(await closeBox(open, by, this.#options.cost), seen);
  }

  /**
   * The keys as the text of a file, under a passphrase of the file's own.
   * @throws DeviceError PASSPHRASE_TOO_SHORT
   */
  async backUp(open: OpenBox, passphrase: string): Promise<string> {
    const by = [{ kind: 'passphrase', passphrase }] as const;
    return writeBox(await closeBox(opened(open.owner, open.keys), by, this.#options.cost));
  }

  /**
   * Takes keys from a backup onto this device, where they are opened by the same passphrase.
   * @throws DeviceError KEYS_HERE, NOT_A_BACKUP, BACKUP_TOO_NEW, BACKUP_DAMAGED, PASSPHRASE_WRONG
   */
  async restore(file: string, passphrase: string): Promise<OpenBox> {
    const box = readBox(file);
    if ((await this.#options.store.read()) !== undefined) throw keysHere();
    const open = await openBox(box, { kind: 'passphrase', passphrase });
    await this.#keep(box, undefined);
    return open;
  }

  /** Forgets the keys that are here; what was signed by them stays valid. */
  wipe(): Promise<void> {
    return this.#options.store.wipe();
  }

  async #text(): Promise<string> {
    const text = await this.#options.store.read();
    if (text !== undefined) return text;
    throw new DeviceError('NO_KEYS_HERE', 'this device holds no keys');
  }

  async #keep(box: KeyBox, seen: string | undefined): Promise<void> {
    if (await this.#options.store.write(writeBox(box), seen)) return;
    throw keysHere();
  }
}

function ownerOf({ network, actor, locks }: KeyBox): DeviceOwner {
  const passkeys = locks.flatMap((lock) =>
    lock.kind === 'passkey' ? [{ credential: lock.credential, salt: lock.salt }] : [],
  );
  return { network, actor, passkeys, passphrase: passkeys.length < locks.length };
}

async function possessionOf(owner: KeyOwner, keys: ActorKeys): Promise<DevicePossession> {
  const signer = await webSigner(keys);
  const statement = possessionStatement(owner.network, owner.actor);
  const proof = await signer.sign(statement, 'vnd.veinledger.possession+jws');
  return { keys: keys.public, proof };
}

function keysHere(): DeviceError {
  return new DeviceError('KEYS_HERE', 'this device holds keys that nobody asked to replace');
}
