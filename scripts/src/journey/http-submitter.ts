import { GatewayClient, isProblem, type RetryPolicy } from '@veinledger/client/node';
import type { Committed, Submitter, Person, SignedMessage } from './submitter.js';

/** A submitter that hands commands to a gateway over HTTP; each person shows a token of their own key. */
export class HttpSubmitter implements Submitter {
  readonly network: string;
  readonly url: string;
  readonly #retries: RetryPolicy | undefined;
  readonly #clients = new Map<string, GatewayClient>();

  /** @param options `retries` are the client library's own when left out */
  constructor(options: { url: string; network: string; retries?: RetryPolicy }) {
    this.url = options.url;
    this.network = options.network;
    this.#retries = options.retries;
  }

  /** A refused permission is a decision, and so no failure here. */
  async submit(person: Person, message: SignedMessage): Promise<Committed> {
    try {
      const receipt = await this.client(person).submit({
        jws: message.jws,
        annexes: message.annexes,
      });
      return { receipt, block: receipt.block };
    } catch (error) {
      if (isProblem(error, 'REFUSED')) {
        const { receipt } = error.problem;
        return { receipt, block: receipt.block };
      }
      throw error;
    }
  }

  /** What a person may read. */
  read<T>(person: Person, path: string): Promise<T> {
    return this.client(person).read<T>(path);
  }

  private client(person: Person): GatewayClient {
    const known = this.#clients.get(person.id);
    if (known) return known;
    const client = new GatewayClient({
      ...{ url: this.url, actor: person.id, keys: person.keys },
      ...(this.#retries && { retries: this.#retries }),
    });
    this.#clients.set(person.id, client);
    return client;
  }
}
