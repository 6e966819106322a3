import { z } from 'zod';
import { problem } from '../wire/problem.js';
import type { BearerSource } from './bearer-source.js';
import { deadlineIn } from './deadline.js';
import { GatewayProblem, GatewayUnreachable } from './gateway-problem.js';
import { tlsFailureOf } from './tls-failure.js';

/** One HTTP request to a gateway. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** JSON */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

export interface TransportOptions {
  readonly url: string;
  /** left out where no token is shown */
  readonly bearer?: BearerSource;
  /** the longest that one answer may take, milliseconds */
  readonly answerWithinMs: number;
}

/** Requests to one gateway, each with a token where there is one. */
export class Transport {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /**
   * The JSON that the gateway answers.
   * @throws GatewayProblem; TlsFailure; GatewayUnreachable when no answer came, or none that is a gateway's
   */
  async json(call: Call): Promise<unknown> {
    const { signal } = deadlineIn(this.#options.answerWithinMs, call.signal);
    const response = await this.#request({ ...call, signal });
    const answer = await readJson(response);
    if (response.ok) return answer;
    throw problemOf(response, answer);
  }

  /**
   * What the gateway answers, of the form that it has.
   * @throws as {@link json}; GatewayUnreachable where the answer has another form: a gateway gives none such
   */
  async told<T>(call: Call, form: z.ZodType<T>): Promise<T> {
    return ofForm(await this.json(call), form);
  }

  /**
   * The gateway's answer as it comes; its end is the caller's to wait for.
   * @throws GatewayProblem, GatewayUnreachable, TlsFailure
   */
  async stream(call: Call): Promise<Response> {
    const response = await this.#request(call);
    if (response.ok) return response;
    throw problemOf(response, await readJson(response));
  }

  /** Once more with a token by another algorithm, where members sign by that of the first no longer. */
  async #request(call: Call): Promise<Response> {
    const response = await this.#send(call);
    const taken = response.status === 401 ? await algorithmsTaken(response) : undefined;
    return taken === undefined ? response : this.#send(call, taken);
  }

  async #send(call: Call, taken?: readonly string[]): Promise<Response> {
    const { method, path, body, headers = {}, signal } = call;
    const { accept = 'application/json, application/problem+json' } = call;
    const token = await this.#options.bearer?.(taken);
    const request = {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        accept,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    };
    try {
      return await fetch(placeOf(path, this.#options.url), request);
    } catch (cause) {
      const failure = tlsFailureOf(cause, this.#options.url);
      if (failure) throw failure;
      throw new GatewayUnreachable(`no gateway answers at ${this.#options.url}`, { cause });
    }
  }
}

/**
 * An answer, where it has the form that a gateway gives it.
 * @throws GatewayUnreachable
 */
export function ofForm<T>(answer: unknown, form: z.ZodType<T>): T {
  const read = form.safeParse(answer);
  if (read.success) return read.data;
  throw new GatewayUnreachable("expected a gateway's answer, found another", { cause: read.error });
}

/** A path below the gateway's own; one that the gateway gave has that already. */
function placeOf(path: string, url: string): URL {
  const gateway = new URL(url);
  const below = gateway.pathname.replace(/\/$/u, '');
  return new URL(path.startsWith(`${below}/`) ? path : `${below}${path}`, gateway);
}

async function readJson(response: Response): Promise<unknown> {
  let text: string;
  try {
    text = await response.text();
  } catch (cause) {
    throw new GatewayUnreachable('the answer broke off', { cause });
  }
  try {
    return z.json().parse(JSON.parse(text));
  } catch (cause) {
    throw notOurs(response, { cause });
  }
}

/** Undefined where the gateway refused the token for something else. */
async function algorithmsTaken(response: Response): Promise<readonly string[] | undefined> {
  const told = problem.safeParse(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  );
  if (told.data?.code !== 'TOKEN_ALGORITHM_REFUSED') return undefined;
  return told.data.expected?.split(',');
}

function problemOf(response: Response, answer: unknown): Error {
  const told = problem.safeParse(answer);
  if (!told.success) return notOurs(response, { cause: told.error });
  return new GatewayProblem(told.data, retryAfterMs(response.headers.get('retry-after')));
}

function notOurs({ status, headers }: Response, options: ErrorOptions): GatewayUnreachable {
  const found = `${status} ${headers.get('content-type') ?? 'without a content type'}`;
  return new GatewayUnreachable(`expected a gateway's JSON, found ${found}`, options);
}

/** Retry-After (RFC 9110 section 10.2.3), seconds or a date, as milliseconds from now. */
export function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  const milliseconds = /^\d+$/u.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
