import { setTimeout as delay } from 'node:timers/promises';
import type { Committed, Submitter, Person, SignedMessage } from './submitter.js';
import { HttpSubmitter } from './http-submitter.js';

/** How long another member's peer may take to get a block that is committed elsewhere, milliseconds. */
const CATCH_UP_MS = 30_000;
const LOOK_MS = 20;

/**
 * A submitter at which each person goes to the gateway of their own member. Whoever goes on after somebody at another
 * gateway looks first whether their own has the block: peers of other members may get it a moment later.
 */
export class MembersSubmitter implements Submitter {
  readonly network: string;
  readonly #submitters: ReadonlyMap<string, HttpSubmitter>;
  #last: { readonly organisation: string; readonly block: number } | undefined;

  /** @param urls gateways' URLs by MSP id */
  constructor({ network, urls }: { network: string; urls: ReadonlyMap<string, string> }) {
    this.network = network;
    this.#submitters = new Map(
      [...urls].map(([mspId, url]) => [mspId, new HttpSubmitter({ url, network })]),
    );
  }

  async submit(person: Person, message: SignedMessage): Promise<Committed> {
    const submitter = await this.#caughtUp(person);
    const committed = await submitter.submit(person, message);
    this.#last = { organisation: person.organisation, block: committed.block };
    return committed;
  }

  /** What a person may read, at their own member's gateway. */
  async read<T>(person: Person, path: string): Promise<T> {
    return (await this.#caughtUp(person)).read<T>(person, path);
  }

  async #caughtUp(person: Person): Promise<HttpSubmitter> {
    const { organisation } = person;
    const submitter = this.#submitters.get(organisation);
    if (!submitter) throw new Error(`no gateway of ${organisation}`);
    const last = this.#last;
    if (last === undefined || last.organisation === organisation) return submitter;
    const late = Date.now() + CATCH_UP_MS;
    for (;;) {
      const { height } = await submitter.read<{ height: number }>(person, '/v1/ledger');
      if (height > last.block) return submitter;
      if (Date.now() > late) {
        const found = `expected block ${last.block}, found ${height} blocks`;
        throw new Error(`the gateway of ${organisation}: ${found}`);
      }
      await delay(LOOK_MS);
    }
  }
}
