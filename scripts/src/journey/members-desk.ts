import { setTimeout as delay } from 'node:timers/promises';
import type { Committed, Desk, Person, SignedMessage } from './desk.js';
import { HttpDesk } from './http-desk.js';

/** How long another member's peer may take to get a block that is committed elsewhere, milliseconds. */
const CATCH_UP_MS = 30_000;
const LOOK_MS = 20;

/**
 * A desk at which each person goes to the gateway of their own member. Whoever goes on after somebody at another
 * gateway looks first whether their own has the block: peers of other members may get it a moment later.
 */
export class MembersDesk implements Desk {
  readonly network: string;
  readonly #desks: ReadonlyMap<string, HttpDesk>;
  #last: { readonly organisation: string; readonly block: number } | undefined;

  /** @param urls gateways' URLs by MSP id */
  constructor({ network, urls }: { network: string; urls: ReadonlyMap<string, string> }) {
    this.network = network;
    this.#desks = new Map([...urls].map(([mspId, url]) => [mspId, new HttpDesk({ url, network })]));
  }

  async submit(person: Person, message: SignedMessage): Promise<Committed> {
    const desk = await this.#caughtUp(person);
    const committed = await desk.submit(person, message);
    this.#last = { organisation: person.organisation, block: committed.block };
    return committed;
  }

  /** What a person may read, at their own member's gateway. */
  async read<T>(person: Person, path: string): Promise<T> {
    return (await this.#caughtUp(person)).read<T>(person, path);
  }

  async #caughtUp(person: Person): Promise<HttpDesk> {
    const { organisation } = person;
    const desk = this.#desks.get(organisation);
    if (!desk) throw new Error(`no gateway of ${organisation}`);
    const last = this.#last;
    if (last === undefined || last.organisation === organisation) return desk;
    const late = Date.now() + CATCH_UP_MS;
    for (;;) {
      const { height } = await desk.read<{ height: number }>(person, '/v1/ledger');
      if (height > last.block) return desk;
      if (Date.now() > late) {
        const found = `expected block ${last.block}, found ${height} blocks`;
        throw new Error(`the gateway of ${organisation}: ${found}`);
      }
      await delay(LOOK_MS);
    }
  }
}
