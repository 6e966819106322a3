import { createHash } from 'node:crypto';
import type { User } from 'fabric-common';
import {
  type Identity,
  type IdentityProvider,
  type Wallet,
  Wallets,
  type X509Identity,
} from 'fabric-network';
import type { SubmitterIdentity } from '../port.js';
import { NativeUser } from './native-identity.js';

const X509 = 'X.509';
/** Users of more identities than this are not kept; they hold memory only. */
const KEPT_USERS = 256;

/** The library's wallet, in memory, filled with the identities by which this gateway speaks. */
export class Identities {
  readonly #wallet: Promise<Wallet> = openWallet();
  readonly #users = new Map<string, Promise<User>>();

  get wallet(): Promise<Wallet> {
    return this.#wallet;
  }

  /** Puts an identity into the wallet, and gives its label. */
  async put(submitter: SubmitterIdentity): Promise<string> {
    const wallet = await this.#wallet;
    const label = labelOf(submitter);
    const { mspId, certificate, privateKey } = submitter;
    const identity: X509Identity = { type: X509, mspId, credentials: { certificate, privateKey } };
    await wallet.put(label, identity);
    return label;
  }

  /**
   * The library's user for a submitter.
   * @throws LedgerError `contract` when the private key cannot be used
   */
  user(submitter: SubmitterIdentity): Promise<User> {
    const label = labelOf(submitter);
    const known = this.#users.get(label);
    if (known !== undefined) return known;
    const [oldest] = this.#users.keys();
    if (this.#users.size >= KEPT_USERS && oldest !== undefined) {
      this.#users.delete(oldest);
      void this.#wallet.then((wallet) => wallet.remove(oldest));
    }
    const user = this.#open(submitter);
    this.#users.set(label, user);
    user.catch(() => this.#users.delete(label));
    return user;
  }

  async #open(submitter: SubmitterIdentity): Promise<User> {
    const label = await this.put(submitter);
    const wallet = await this.#wallet;
    const identity = await wallet.get(label);
    if (identity === undefined) throw new Error(`the wallet lost ${label}`);
    return wallet.getProviderRegistry().getProvider(identity.type).getUserContext(identity, label);
  }
}

/** An identity that is renewed is another one. */
function labelOf({ mspId, certificate, privateKey }: SubmitterIdentity): string {
  const identity = JSON.stringify([mspId, certificate, privateKey]);
  return createHash('sha256').update(identity).digest('hex');
}

async function openWallet(): Promise<Wallet> {
  const wallet = await Wallets.newInMemoryWallet();
  const registry = wallet.getProviderRegistry();
  registry.addProvider(new NativeProvider(registry.getProvider(X509)));
  return wallet;
}

/** Reads and writes X.509 identities as the library does, and has them sign natively. */
class NativeProvider implements IdentityProvider {
  readonly type = X509;
  readonly #standard: IdentityProvider;

  constructor(standard: IdentityProvider) {
    this.#standard = standard;
  }

  getCryptoSuite(): ReturnType<IdentityProvider['getCryptoSuite']> {
    return this.#standard.getCryptoSuite();
  }

  fromJson(data: Parameters<IdentityProvider['fromJson']>[0]): Identity {
    return this.#standard.fromJson(data);
  }

  toJson(identity: Identity): ReturnType<IdentityProvider['toJson']> {
    return this.#standard.toJson(identity);
  }

  getUserContext(identity: Identity, name: string): Promise<User> {
    const { mspId, credentials } = identity as X509Identity;
    return Promise.resolve(new NativeUser(name, { mspId, ...credentials }));
  }
}
