import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { openVaultIdentity } from './vault-identity.js';

/** Keeps short secrets unreadable on disk: age (v1) under the vault's own key. */
export class Sealer {
  readonly #encrypter = new Encrypter();
  readonly #decrypter = new Decrypter();

  private constructor() {
    // opened by `open` only
  }

  /**
   * @param vault the vault's folder
   * @throws Error when the vault's key is missing
   */
  static async open(vault: string): Promise<Sealer> {
    const identity = await openVaultIdentity(vault);
    const sealer = new Sealer();
    sealer.#encrypter.addRecipient(await identityToRecipient(identity));
    sealer.#decrypter.addIdentity(identity);
    return sealer;
  }

  /** The secret in base64, readable by this vault only. */
  async seal(secret: string): Promise<string> {
    return Buffer.from(await this.#encrypter.encrypt(secret)).toString('base64');
  }

  /** @throws Error when another vault sealed it */
  open(sealed: string): Promise<string> {
    return this.#decrypter.decrypt(Buffer.from(sealed, 'base64'), 'text');
  }
}
