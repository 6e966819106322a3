import { z } from 'zod';
import { type Problem, problem } from '../problems/problem.js';
import { type Receipt, receipt } from '../openapi/schemas/record.js';
import type { ActorKeys } from './actor-keys.js';
import { issueBearerToken, MAX_BEARER_SECONDS } from './bearer.js';

/** Who calls which gateway. */
export interface GatewayClientOptions {
  /** `https://gateway.example`, without a path */
  readonly url: string;
  /** what the gateway expects as its tokens' audience; its URL when left out */
  readonly audience?: string;
  readonly actor: string;
  readonly keys: ActorKeys;
}

/** A signed command with the annexes that travel beside it. */
export interface OutgoingCommand {
  readonly jws: string;
  /** texts by the annex's name */
  readonly annexes?: Readonly<Record<string, string>>;
}

/** A gateway's answer that is no success: bad input, or a permission that was refused and committed. */
export class GatewayProblem extends Error {
  readonly problem: Problem;

  constructor(told: Problem) {
    super(`${told.code}: ${told.detail}`);
    this.name = 'GatewayProblem';
    this.problem = told;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** why a permission was refused */
  get reasons(): NonNullable<Problem['reasons']> {
    return this.problem.reasons ?? [];
  }

  /** the committed refusal */
  get receipt(): Receipt | undefined {
    return this.problem.receipt;
  }
}

/** How long before its end a token is no longer shown, milliseconds. */
const RENEW_BEFORE_MS = 60_000;

/** One actor's way to a gateway; runs wherever there is `fetch`. */
export class GatewayClient {
  readonly #options: GatewayClientOptions;
  #token: { readonly text: string; readonly until: number } | undefined;

  constructor(options: GatewayClientOptions) {
    this.#options = options;
  }

  /**
   * Hands in a signed command of any type and waits for its commit; sent again, it gets its first receipt.
   * @param path another route that takes the command, such as `/v1/therapies`
   * @throws GatewayProblem, with code REFUSED and a receipt where a permission was refused
   */
  async send(command: OutgoingCommand, path = '/v1/commands'): Promise<Receipt> {
    const { jws, annexes = {} } = command;
    return receipt.parse(await this.#call('POST', path, JSON.stringify({ jws, annexes })));
  }

  /**
   * What a reading route answers, such as `/v1/therapies/{coi}/trace`.
   * @throws GatewayProblem
   */
  async read<T>(path: string): Promise<T> {
    return (await this.#call('GET', path)) as T;
  }

  async #call(method: string, path: string, body?: string): Promise<unknown> {
    const authorization = `Bearer ${await this.#bearer()}`;
    const response = await fetch(new URL(path, this.#options.url), {
      method,
      headers: {
        authorization,
        accept: 'application/json, application/problem+json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const answer = z.json().parse(await response.json());
    if (response.ok) return answer;
    throw new GatewayProblem(problem.parse(answer));
  }

  async #bearer(): Promise<string> {
    const now = Date.now();
    if (this.#token === undefined || this.#token.until < now) {
      const { keys, actor, url, audience = new URL(url).origin } = this.#options;
      const text = await issueBearerToken(keys, { actor, audience });
      this.#token = { text, until: now + MAX_BEARER_SECONDS * 1000 - RENEW_BEFORE_MS };
    }
    return this.#token.text;
  }
}
