import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Base64url } from '@veinledger/domain';
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { z } from 'zod';
import { readIfThere, writeDurably } from '@veinledger/ledger/storage';
import { keyFor, openVaultIdentity } from './vault-identity.js';

/** A command that commits to an annex. */
export interface AnnexOrigin {
  readonly commandId: string;
  /** MSP id of the actor's organisation */
  readonly organisation: string;
  /** the therapy it belongs to */
  readonly coi?: string | undefined;
  /** that it says to which arm a patient is assigned, as far as the origin is told by blocks */
  readonly ofArm?: true | undefined;
}

/** An annex as the vault holds it: its text, and every command that brought it. */
export interface VaultedAnnex {
  readonly text: string;
  readonly origins: readonly AnnexOrigin[];
}

/** Who only reads annexes, such as a replay of the ledger. */
export interface VaultReader {
  /** The annex of that digest, canonical `{v, salt, content}`; undefined when the vault does not hold it. */
  get(digest: string): Promise<string | undefined>;
}

const vaulted = z.strictObject({
  text: z.string(),
  origins: z.array(
    z.strictObject({
      commandId: z.string(),
      organisation: z.string(),
      coi: z.string().optional(),
      ofArm: z.literal(true).optional(),
    }),
  ),
});

const PENDING = '.pending';

/** An annex whose file does not hold what its digest commits to. */
class DamagedAnnex extends Error {
  constructor(digest: string, found: string, options?: ErrorOptions) {
    super(`vault: expected the annex ${digest}, found ${found} in its file`, options);
    this.name = 'DamagedAnnex';
  }
}

/** Annexes in files that age (v1) encrypts, one for each digest. */
export class AnnexVault implements VaultReader {
  readonly #directory: string;
  readonly #encrypter = new Encrypter();
  readonly #decrypter = new Decrypter();
  readonly #writing = new Map<string, Promise<void>>();

  readonly #identity: string;

  private constructor(directory: string, identity: string) {
    this.#directory = directory;
    this.#identity = identity;
  }

  /**
   * Opens the vault in a directory, or makes a new one there.
   * @throws Error when its key is missing
   */
  static async open(directory: string): Promise<AnnexVault> {
    const identity = await openVaultIdentity(directory);
    const vault = new AnnexVault(directory, identity);
    vault.#encrypter.addRecipient(await identityToRecipient(identity));
    vault.#decrypter.addIdentity(identity);
    return vault;
  }

  async get(digest: string): Promise<string | undefined> {
    return (await this.find(digest))?.text;
  }

  /**
   * The annex with its origins.
   * @throws DamagedAnnex when its file does not hold what the digest commits to
   */
  async find(digest: string): Promise<VaultedAnnex | undefined> {
    const sealed = await readIfThere(this.#file(digest));
    if (sealed === undefined) return undefined;
    const annex = await this.#unsealed(digest, sealed);
    if (sha256Base64url(annex.text) === digest) return annex;
    throw new DamagedAnnex(digest, 'another text');
  }

  /** The annex with its origins; undefined also where its file is damaged, so that it can be stored anew. */
  async findWhole(digest: string): Promise<VaultedAnnex | undefined> {
    try {
      return await this.find(digest);
    } catch (error) {
      if (error instanceof DamagedAnnex) return undefined;
      throw error;
    }
  }

  /**
   * Stores an annex, on disk when this returns; what is damaged is replaced. It counts as an orphan until
   * {@link confirm}.
   */
  async put(digest: string, text: string, origin: AnnexOrigin): Promise<void> {
    await this.#alone(digest, async () => {
      await writeDurably(this.#file(digest) + PENDING, '');
      const origins = (await this.findWhole(digest))?.origins ?? [];
      if (origins.some((each) => each.commandId === origin.commandId)) return;
      const annex: VaultedAnnex = { text, origins: [...origins, origin] };
      await writeDurably(this.#file(digest), await this.#encrypter.encrypt(JSON.stringify(annex)));
    });
  }

  /** A command that commits to the annex stands on the ledger: the annex is kept. */
  async confirm(digest: string): Promise<void> {
    await rm(this.#file(digest) + PENDING, { force: true });
  }

  /** Takes away an annex whose commands never committed, unless it was stored again since `before`. */
  async remove(digest: string, before: number): Promise<void> {
    await this.#alone(digest, async () => {
      const { mtimeMs } = await stat(this.#file(digest) + PENDING);
      if (mtimeMs >= before) return;
      await rm(this.#file(digest), { force: true });
      await rm(this.#file(digest) + PENDING, { force: true });
    });
  }

  /** Digests of the annexes that were stored before a time (ms since 1970) and never confirmed. */
  async unconfirmed(before: number): Promise<readonly string[]> {
    const digests: string[] = [];
    for (const name of await readdir(this.#directory)) {
      if (!name.endsWith(`.age${PENDING}`)) continue;
      const { mtimeMs } = await stat(join(this.#directory, name));
      if (mtimeMs < before) digests.push(name.slice(0, -`.age${PENDING}`.length));
    }
    return digests;
  }

  /** Encrypts a text of the gateway's own by the vault's key, base64. */
  async seal(text: string): Promise<string> {
    return Buffer.from(await this.#encrypter.encrypt(text)).toString('base64');
  }

  /**
   * Decrypts what {@link seal} gave.
   * @throws Error when it was sealed by another vault
   */
  open(sealed: string): Promise<string> {
    return this.#decrypter.decrypt(Buffer.from(sealed, 'base64'), 'text');
  }

  /** A key of 32 bytes for one purpose of the gateway's own; another vault has another one. */
  keyFor(purpose: string): Uint8Array {
    return keyFor(purpose, this.#identity);
  }

  async #unsealed(digest: string, sealed: Uint8Array): Promise<VaultedAnnex> {
    try {
      return vaulted.parse(JSON.parse(await this.#decrypter.decrypt(sealed, 'text')));
    } catch (cause) {
      throw new DamagedAnnex(digest, 'nothing that can be read', { cause });
    }
  }

  #file(digest: string): string {
    return join(this.#directory, `${digest}.age`);
  }

  /** One writer of a digest at a time. */
  async #alone(digest: string, work: () => Promise<void>): Promise<void> {
    const before = this.#writing.get(digest) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#writing.set(digest, mine);
    try {
      await mine;
    } finally {
      if (this.#writing.get(digest) === mine) this.#writing.delete(digest);
    }
  }
}
