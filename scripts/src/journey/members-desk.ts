import type { Committed, Desk, Person, SignedMessage } from './desk.js';
import { HttpDesk } from './http-desk.js';

/** A desk at which each person goes to the gateway of their own member. */
export class MembersDesk implements Desk {
  readonly network: string;
  readonly #desks: ReadonlyMap<string, HttpDesk>;

  /** @param urls gateways' URLs by MSP id */
  constructor({ network, urls }: { network: string; urls: ReadonlyMap<string, string> }) {
    this.network = network;
    this.#desks = new Map([...urls].map(([mspId, url]) => [mspId, new HttpDesk({ url, network })]));
  }

  submit(person: Person, message: SignedMessage): Promise<Committed> {
    return this.#deskOf(person).submit(person, message);
  }

  /** What a person may read, at their own member's gateway. */
  read<T>(person: Person, path: string): Promise<T> {
    return this.#deskOf(person).read<T>(person, path);
  }

  #deskOf({ organisation }: Person): HttpDesk {
    const desk = this.#desks.get(organisation);
    if (desk) return desk;
    throw new Error(`no gateway of ${organisation}`);
  }
}
