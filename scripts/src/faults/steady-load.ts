import { setTimeout as delay } from 'node:timers/promises';
import { commandIdOf, GatewayClient } from '@veinledger/client/node';
import { type Person, signMessage } from '../journey/submitter.js';

/** Commands handed in a second. */
export const COMMANDS_PER_SECOND = 5;

/** More patient than the library's own default: a busy machine takes its time to start a process. */
export const PATIENT_RETRIES = {
  attempts: Number.POSITIVE_INFINITY,
  maxDelayMs: 2_000,
  timeoutMs: 900_000,
} as const;

const LOOK_MS = 50;

/** What a client saw of one command. */
export interface Sent {
  readonly commandId: string;
  /** `performance.now()` when it was handed in */
  readonly at: number;
  /** attempts that failed, by kind, whether or not a later one did not */
  readonly failures: readonly string[];
  /** when the receipt came, the transaction that it names and its block; left out when the client gave up */
  readonly acknowledged?: {
    readonly at: number;
    readonly transactionId: string;
    readonly block: number;
  };
}

/** Where the commands are handed in, by whom, and what they report on. */
export interface LoadTarget {
  readonly network: string;
  readonly gateway: { readonly url: string };
  readonly reporters: readonly Person[];
  readonly sample: { readonly coi: string; readonly item: string };
}

/** Commands that are handed in beside some work. */
export interface Load {
  /** Waits until so many commands more are acknowledged. */
  acknowledged(count: number): Promise<void>;
}

/**
 * Does something while signed commands are handed in at a fixed rate, each with the client library's own retries;
 * returns when every command is acknowledged or given up. Where the work fails, no command goes on.
 * @throws what the work throws
 */
export async function underSteadyLoad(
  target: LoadTarget,
  work: (load: Load) => Promise<void>,
): Promise<readonly Sent[]> {
  const load = new SteadyLoad(target);
  try {
    await work(load);
  } catch (error) {
    await load.abort();
    throw error;
  }
  return load.end();
}

class SteadyLoad implements Load {
  readonly #target: LoadTarget;
  readonly #clients: ReadonlyMap<Person, GatewayClient>;
  readonly #sent: Promise<Sent>[] = [];
  readonly #ended: Promise<void>;
  readonly #abort = new AbortController();
  #ending = false;
  #acknowledged = 0;

  constructor(target: LoadTarget) {
    const { url } = target.gateway;
    this.#target = target;
    this.#clients = new Map(
      target.reporters.map((person) => [
        person,
        new GatewayClient({ url, actor: person.id, keys: person.keys, retries: PATIENT_RETRIES }),
      ]),
    );
    this.#ended = this.#run();
  }

  async acknowledged(count: number): Promise<void> {
    const wanted = this.#acknowledged + count;
    while (this.#acknowledged < wanted) await delay(LOOK_MS);
  }

  /** Hands in nothing more, and waits until every command is acknowledged or given up. */
  async end(): Promise<readonly Sent[]> {
    this.#ending = true;
    await this.#ended;
    return Promise.all(this.#sent);
  }

  /** Hands in nothing more, and gives up what is under way. */
  async abort(): Promise<void> {
    this.#abort.abort();
    await this.end();
  }

  async #run(): Promise<void> {
    const people = this.#target.reporters;
    const started = performance.now();
    for (let index = 0; !this.#ending; index += 1) {
      const person = people[index % people.length];
      if (person) this.#sent.push(this.#handIn(person, index));
      const due = started + ((index + 1) * 1000) / COMMANDS_PER_SECOND;
      await delay(Math.max(0, due - performance.now()));
    }
  }

  async #handIn(person: Person, index: number): Promise<Sent> {
    const { network, sample } = this.#target;
    const readings = [{ at: new Date().toISOString(), temperatureC: 20 + (index % 50) / 10 }];
    const body = { ...sample, logger: 'logger-1', readings };
    const type = 'custody:RecordReadings';
    const { jws, annexes } = await signMessage(network, person, { type, body });
    const failures: string[] = [];
    const sent = { commandId: commandIdOf(jws), at: performance.now(), failures };
    try {
      const client = this.#clients.get(person);
      if (!client) throw new Error(`no client of ${person.id}`);
      const { transactionId, block } = await client.submit(
        { jws, annexes },
        {
          signal: this.#abort.signal,
          onAttempt: ({ result, code }) => {
            if (result !== 'answered') failures.push(code ?? result);
          },
        },
      );
      this.#acknowledged += 1;
      return { ...sent, acknowledged: { at: performance.now(), transactionId, block } };
    } catch {
      return { ...sent, failures: [...failures, 'given up'] };
    }
  }
}
