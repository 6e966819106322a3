import type { FoundingMember } from '@veinledger/cli';
import {
  foundConsortium,
  type Committed,
  type Submitter,
  type Person,
  type SignedMessage,
} from '#scripts';
import { executeCommand, PLANS } from '@veinledger/chaincode/commands';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { type Entity, type EntityOf, isRelayed, type Noun } from '@veinledger/domain';
import { loadProfile } from '@veinledger/network/profile';

/**
 * The rules over a map: what the contracts decide, with no ledger below. For property tests, where thousands of
 * commands are decided; what a ledger adds is the contract suite's affair.
 */
export class MemorySubmitter implements Submitter {
  readonly consortium;
  readonly network: string;
  /** values by composite key */
  readonly state = new Map<string, string>();
  #transactions = 0;
  #now: number;

  private constructor(consortium: ReturnType<typeof foundConsortium>, now: number) {
    this.consortium = consortium;
    this.network = consortium.root.network;
    this.#now = now;
  }

  /** Founds the development consortium, with some more members where they are named. */
  static async open(...more: readonly FoundingMember[]): Promise<MemorySubmitter> {
    const { members } = await loadProfile();
    return new MemorySubmitter(foundConsortium([...members, ...more]), Date.now());
  }

  /** A submitter that goes on from here without changing this one. */
  fork(): MemorySubmitter {
    const copy = new MemorySubmitter(this.consortium, this.#now);
    for (const [key, value] of this.state) copy.state.set(key, value);
    copy.#transactions = this.#transactions;
    return copy;
  }

  async submit(person: Person, message: SignedMessage): Promise<Committed> {
    const plan = PLANS.get(message.type);
    if (!plan) throw new Error(`no plan for ${message.type}`);
    const transactionId = `transaction-${++this.#transactions}`;
    const relay = isRelayed(person);
    const { receipt, writes } = await executeCommand(
      this,
      {
        plan,
        jws: message.jws,
        annexes: { from: 'annex', texts: new Map(Object.entries(message.annexes)) },
        submitter: {
          mspId: person.organisation,
          roles: relay ? [] : person.roles,
          relay,
        },
        transactionId,
        transactionTime: new Date(Math.max(Date.now(), ++this.#now)).toISOString(),
      },
      { root: this.consortium.root, verifier: nativeVerifier },
    );
    for (const { key, value } of writes) this.state.set(key, value);
    return { receipt, block: this.#transactions };
  }

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.state.get(key));
  }

  range(prefix: string): Promise<readonly { key: string; value: string }[]> {
    const found = [...this.state].filter(([key]) => key.startsWith(prefix) && key !== prefix);
    found.sort(([one], [other]) => (one < other ? -1 : 1));
    return Promise.resolve(found.map(([key, value]) => ({ key, value })));
  }

  /** Everything of one noun that the state holds. */
  all<N extends Noun>(noun: N): readonly EntityOf<N>[] {
    return [...this.state.values()]
      .map((value) => JSON.parse(value) as Entity)
      .filter((entity): entity is EntityOf<N> => entity.noun === noun);
  }
}
