import { COMMANDS, type CommandRecord, isRelayed } from '@veinledger/domain';
import type { Invocation, Ledger, SubmitterIdentity } from '@veinledger/ledger';
import { RELAY_LABEL, type WalletEntry } from '@veinledger/network/identities';
import type { Committed, Submitter, Person, SignedMessage } from './submitter.js';

/** A submitter that hands commands to a ledger itself, with every member's X.509 identities at hand. */
export class LedgerSubmitter implements Submitter {
  readonly ledger: Ledger;
  readonly network: string;
  readonly #wallet: readonly WalletEntry[];

  constructor(options: { ledger: Ledger; network: string; wallet: readonly WalletEntry[] }) {
    this.ledger = options.ledger;
    this.network = options.network;
    this.#wallet = options.wallet;
  }

  async submit(person: Person, message: SignedMessage): Promise<Committed> {
    const { result, block } = await this.ledger.submit(this.invocation(person, message));
    return { receipt: JSON.parse(result) as CommandRecord, block };
  }

  /** The transaction that carries a signed message, relayed as the person's gateway would. */
  invocation(person: Person, message: SignedMessage): Invocation {
    const encoder = new TextEncoder();
    const transient = Object.fromEntries(
      Object.entries(message.annexes).map(([name, text]) => [name, encoder.encode(text)]),
    );
    return {
      function: message.type,
      args: [message.jws],
      transient,
      submitter: this.submitter(person, message.type),
    };
  }

  /** The identity that relays a person's command of a type. */
  submitter(person: Person, type: string): SubmitterIdentity {
    if (isRelayed(person)) return this.identity(person.organisation, RELAY_LABEL);
    const wanted = COMMANDS.find((each) => each.type === type)?.roles ?? [];
    const role =
      person.roles.find((each) => wanted.some((name) => name === each)) ?? person.roles[0];
    return this.identity(person.organisation, role ?? RELAY_LABEL);
  }

  /** @throws Error when the wallet holds no such identity */
  identity(mspId: string, label: string): SubmitterIdentity {
    const found = this.#wallet.find(
      (each) => each.identity.mspId === mspId && each.label === label,
    );
    if (found) return found.identity;
    throw new Error(`the wallet holds no identity ${label} of ${mspId}`);
  }

  /** Evaluates a read as an organisation's identity and parses the answer. */
  async read<T>(as: { mspId: string; label: string }, name: string, ...args: string[]): Promise<T> {
    const submitter = this.identity(as.mspId, as.label);
    return JSON.parse(await this.ledger.evaluate({ function: name, args, submitter })) as T;
  }
}
