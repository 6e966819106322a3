import { executeCommand, PLANS, StateReader } from '@veinledger/chaincode/commands';
import { readNext } from '@veinledger/domain/execution';
import type { foundConsortium } from '#scripts';
import { type Committed, type Person, type SignedMessage, type Submitter } from '#scripts';

/** What signatures would prove is taken for proven: what is played here are decisions. */
const TRUSTING = {
  ed25519: () => Promise.resolve(true),
  mlDsa65: () => Promise.resolve(true),
  ed25519KeyIsSound: () => true,
};

export type Consortium = ReturnType<typeof foundConsortium>;

/** The decisions behind authentication, over a map, at a time that its player sets. */
export class PlayedLedger implements Submitter {
  readonly consortium: Consortium;
  readonly network: string;
  readonly #state: Map<string, string>;
  #transactions: number;
  readonly #now: () => number;

  /** @param now milliseconds */
  constructor(consortium: Consortium, now: () => number, from?: PlayedLedger) {
    this.consortium = consortium;
    this.network = consortium.root.network;
    this.#state = new Map(from ? from.#state : []);
    this.#transactions = from ? from.#transactions : 0;
    this.#now = now;
  }

  async submit(person: Person, message: SignedMessage): Promise<Committed> {
    const plan = PLANS.get(message.type);
    if (!plan) throw new Error(`no plan for ${message.type}`);
    const patient = person.roles.includes('patient');
    const transaction = ++this.#transactions;
    const { receipt, writes } = await executeCommand(
      this,
      {
        plan,
        jws: message.jws,
        annexes: { from: 'annex', texts: new Map(Object.entries(message.annexes)) },
        submitter: {
          mspId: person.organisation,
          roles: patient ? [] : person.roles,
          relay: patient,
        },
        transactionId: `transaction-${transaction}`,
        transactionTime: new Date(this.#now()).toISOString(),
      },
      { root: this.consortium.root, verifier: TRUSTING },
    );
    for (const { key, value } of writes) this.#state.set(key, value);
    return { receipt, block: transaction };
  }

  /** Who must do what next in a therapy, for a reader who may know everything. */
  next(coi: string): ReturnType<typeof readNext> {
    const at = new Date(this.#now()).toISOString();
    return readNext(() => new StateReader(this), { coi, at, consents: true });
  }

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.#state.get(key));
  }

  range(prefix: string): Promise<readonly { key: string; value: string }[]> {
    const found = [...this.#state].filter(([key]) => key.startsWith(prefix) && key !== prefix);
    found.sort(([one], [other]) => (one < other ? -1 : 1));
    return Promise.resolve(found.map(([key, value]) => ({ key, value })));
  }
}
