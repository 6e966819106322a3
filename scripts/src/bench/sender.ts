import { Agent, request } from 'node:http';
import { issueBearerToken, MAX_BEARER_SECONDS } from '@veinledger/client/node';
import type { Person } from '../journey/submitter.js';
import type { Request } from './jobs.js';

/** How long before its end a token is no longer shown, milliseconds. */
const RENEW_BEFORE_MS = 60_000;

/** What a gateway answered. */
export interface Answered {
  readonly status: number;
  readonly text: string;
}

/** Sends requests over connections that stay open, each under its actor's token. */
export class Sender {
  readonly #url: string;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #tokens = new Map<string, { readonly text: string; readonly until: number }>();

  constructor(url: string, people: readonly Person[]) {
    this.#url = url;
    this.#people = new Map(people.map((person) => [person.id, person]));
  }

  /**
   * Hands in a command and waits for its commit.
   * @throws Error unless it was committed now, and as a fact or a permission without reservations
   */
  async send({ actor, body }: Request): Promise<void> {
    const { status, text } = await this.#call(actor, 'POST', '/v1/commands', body);
    if (status === 201 && text.includes('"deviations":[]')) return;
    throw new Error(`expected a command to be committed, found ${status} ${text.slice(0, 400)}`);
  }

  /** @throws Error unless the answer is 200 */
  async read(actor: string, path: string): Promise<string> {
    const { status, text } = await this.#call(actor, 'GET', path);
    if (status === 200) return text;
    throw new Error(`${path}: expected 200, found ${status} ${text.slice(0, 400)}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #call(actor: string, method: string, path: string, body?: string): Promise<Answered> {
    const headers = {
      authorization: `Bearer ${await this.#token(actor)}`,
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    return new Promise((done, failed) => {
      const sent = request(`${this.#url}${path}`, { method, headers, agent: this.#agent });
      sent.once('error', failed);
      sent.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', failed);
        response.once('end', () =>
          done({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      });
      sent.end(body);
    });
  }

  async #token(actor: string): Promise<string> {
    const known = this.#tokens.get(actor);
    if (known && known.until > Date.now()) return known.text;
    const person = this.#people.get(actor);
    if (!person) throw new Error(`no keys of ${actor}`);
    const text = await issueBearerToken(person.keys, { actor, audience: this.#url });
    const until = Date.now() + MAX_BEARER_SECONDS * 1000 - RENEW_BEFORE_MS;
    this.#tokens.set(actor, { text, until });
    return text;
  }
}
