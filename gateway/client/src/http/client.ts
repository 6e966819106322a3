import type { ActorKeys } from '../keys/actor-keys.js';
import type { Page } from '../wire/page.js';
import type { Receipt } from '../wire/record.js';
import { type BearerSource, ledgerBearer } from './bearer-source.js';
import { type EventsOptions, type LedgerEvent, ledgerEvents } from './events.js';
import { type Failure, NotCommittedYet } from './failure.js';
import { pagesOf, type Query } from './pages.js';
import { type CallOptions, DEFAULT_RETRIES, type RetryPolicy, withRetries } from './retries.js';
import { lookUp, type OutgoingCommand, sendOnce, Submission } from './submission.js';
import { Transport } from './transport.js';

/** Which gateway is called, and how patiently. */
interface Connection {
  /** `https://gateway.example`; where it serves several programmes, `https://gateway.example/programmes/north` */
  readonly url: string;
  /** what is left out is as in {@link DEFAULT_RETRIES} */
  readonly retries?: Partial<RetryPolicy>;
  /** the longest that one answer may take, milliseconds; a minute when left out */
  readonly answerWithinMs?: number;
}

/** An actor who shows tokens under its own ledger key. */
interface ByLedgerKey {
  readonly actor: string;
  readonly keys: ActorKeys;
  /** what the gateway expects as its tokens' audience; its URL when left out */
  readonly audience?: string;
}

/** A caller who has tokens from elsewhere. */
interface ByToken {
  readonly bearer: BearerSource;
}

/** What a gateway calls itself where its settings say nothing else. */
function audienceOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/$/u, '')}`;
}

/** Who calls which gateway. */
export type GatewayClientOptions = Connection & (ByLedgerKey | ByToken);

const COMMANDS = '/v1/commands';
const ANSWER_WITHIN_MS = 60_000;
/** The longest pause between two looks at a command that is waited for, milliseconds. */
const POLL_MS = 2_000;

/**
 * One actor's way to a gateway; runs in Node and in browsers.
 *
 * ```ts
 * import { GatewayClient, signCommand, webSigner } from '@veinledger/client';
 *
 * const client = new GatewayClient({ url: 'http://127.0.0.1:8080', actor: 'lab.lab', keys });
 * const { network } = await client.read<{ network: string }>('/v1/ledger');
 * const command = await signCommand(
 *   { network, actor: 'lab.lab', signer: await webSigner(keys) },
 *   { type: 'manufacturing:RegisterRun', body: { run: 'run-1', flowCell: 'FC-1', instrument: 'SEQ-1' } },
 * );
 * const receipt = await client.submit(command, { onAttempt: (attempt) => console.log(attempt) });
 * ```
 */
export class GatewayClient {
  readonly #transport: Transport;
  readonly #policy: RetryPolicy;

  constructor(options: GatewayClientOptions) {
    const { url, retries = {}, answerWithinMs = ANSWER_WITHIN_MS } = options;
    const bearer =
      'bearer' in options
        ? options.bearer
        : ledgerBearer({ audience: audienceOf(url), ...options });
    this.#transport = new Transport({ url, bearer, answerWithinMs });
    this.#policy = { ...DEFAULT_RETRIES, ...retries };
  }

  /**
   * Hands in a signed command and waits for its commit, trying again by the class of what fails: the same command
   * after a conflict or where ledger or gateway cannot be reached; after an unknown outcome it is looked up first.
   * Bad input and refusals are never tried again.
   * @param options.path another route that takes the command, such as `/v1/therapies`
   * @throws GatewayProblem, with code REFUSED and a receipt where a permission was refused; GatewayUnreachable;
   *   GatewayTimeout; the signal's reason
   */
  submit(
    command: OutgoingCommand,
    options: CallOptions & { readonly path?: string } = {},
  ): Promise<Receipt> {
    const submission = new Submission(this.#transport, command, options.path ?? COMMANDS);
    return withRetries(submission, this.#policy, options);
  }

  /**
   * Hands in a signed command once.
   * @throws GatewayProblem, GatewayUnreachable
   */
  send(command: OutgoingCommand, path = COMMANDS): Promise<Receipt> {
    return sendOnce(this.#transport, command, path);
  }

  /**
   * Waits until a command is committed, whoever sent it; its receipt may tell a refusal.
   * @throws GatewayTimeout when the time of the retry policy is over; the signal's reason
   */
  wait(commandId: string, options: CallOptions = {}): Promise<Receipt> {
    const policy = { ...this.#policy, attempts: Number.POSITIVE_INFINITY, maxDelayMs: POLL_MS };
    const work = {
      action: () => 'look up',
      run: async (signal: AbortSignal) => {
        const found = await lookUp(this.#transport, commandId, signal);
        if (found) return found;
        throw new NotCommittedYet(commandId);
      },
      again: (failure: Failure) => failure !== 'final',
    };
    return withRetries(work, policy, options);
  }

  /**
   * What a reading route answers, such as `/v1/therapies/{coi}/trace`.
   * @throws GatewayProblem, GatewayUnreachable, GatewayTimeout; the signal's reason
   */
  async read<T>(path: string, options: CallOptions = {}): Promise<T> {
    const work = {
      action: () => `GET ${path}`,
      run: (signal: AbortSignal) => this.#transport.json({ method: 'GET', path, signal }),
      again: (failure: Failure) => failure !== 'final',
    };
    return (await withRetries(work, this.#policy, options)) as T;
  }

  /**
   * What a reading route answers that is no JSON, such as a page.
   * @param accept its media type
   * @throws GatewayProblem, GatewayUnreachable
   */
  async readText(path: string, accept: string): Promise<string> {
    return (await this.#transport.stream({ method: 'GET', path, accept })).text();
  }

  /**
   * Asks a route that changes something at the gateway and nothing on the ledger, once.
   * @param body JSON; left out where the route takes none
   * @param key under which the gateway does it once, however often it is asked within 24 hours; what holds
   *   a secret, such as the keystore's routes, takes none
   * @throws GatewayProblem, GatewayUnreachable
   */
  async post<T>(path: string, body?: unknown, key?: string): Promise<T> {
    return (await this.#transport.json({
      method: 'POST',
      path,
      // an RFC 9651 string
      ...(key === undefined ? {} : { headers: { 'idempotency-key': JSON.stringify(key) } }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })) as T;
  }

  /** A list's pages, each read when it is asked for. */
  pages<T>(path: string, query: Query = {}, options: CallOptions = {}): AsyncIterable<Page<T>> {
    return pagesOf<T>((asked) => this.read(asked, options), path, query);
  }

  /**
   * Committed commands as they come, resumed after the last one where the stream breaks off.
   * @throws GatewayProblem when the gateway will not tell them; the signal's reason
   */
  events(options: EventsOptions = {}): AsyncIterable<LedgerEvent> {
    return ledgerEvents(this.#transport, this.#policy, options);
  }
}
