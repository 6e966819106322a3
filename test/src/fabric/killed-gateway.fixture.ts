import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type FabricClientName, fabricSection, type Person } from '#scripts';
import { issueBearerToken } from '@veinledger/client/node';
import type { LoadedCommand } from '../crash/load.js';
import { Listener } from '../support/listener.fixture.js';
import { type DeployedProcess, startDeployedFrom } from '../operations/deployed.fixture.js';
import type { FabricBench } from '../support/fabric.js';
import { until } from '../support/until.js';

const AUDIENCE = 'https://gateway.example';
const PAUSE_MS = 100;

export interface KilledGatewayOptions {
  /** where its settings and files are */
  readonly folder: string;
  readonly bench: FabricBench;
  readonly client: FabricClientName;
  readonly people: {
    /** whose commands are handed in */
    readonly senders: readonly Person[];
    /** who hears of them, and registers a webhook */
    readonly listener: Person;
  };
}

/** What a listener heard that went on by the last event's id whenever its stream ended. */
export interface HeardOn {
  readonly ids: readonly string[];
  readonly commands: readonly string[];
}

/** A member's gateway as a process of its own on a real network, which is killed and started again on its files. */
export class KilledGateway {
  kills = 0;
  readonly #options: KilledGatewayOptions;
  readonly #settings: string;
  #process: DeployedProcess;

  private constructor(options: KilledGatewayOptions, settings: string, process: DeployedProcess) {
    this.#options = options;
    this.#settings = settings;
    this.#process = process;
  }

  static async start(options: KilledGatewayOptions): Promise<KilledGateway> {
    const { folder, bench, client } = options;
    await mkdir(folder, { recursive: true });
    const settings = join(folder, 'gateway.json');
    const ledger = { ...fabricSection(bench.connection, 'HospitalMSP'), client };
    const content = {
      environment: 'development',
      port: 0,
      management: { port: 0 },
      logLevel: 'fatal',
      audience: AUDIENCE,
      root: bench.home.rootFile,
      wallet: bench.wallet,
      vault: join(folder, 'vault'),
      webhooks: { privateTargets: true, retrySeconds: [0.2, 0.2] },
      ledger,
    };
    await writeFile(settings, JSON.stringify(content));
    return new KilledGateway(options, settings, await startDeployedFrom(settings));
  }

  /** Registers a webhook in the listener's name. */
  async register(url: string): Promise<void> {
    const { listener } = this.#options.people;
    await until('a webhook', async () => {
      const answer = await this.#post(listener, '/v1/webhooks', { url });
      if (answer.status === 201) return true;
      throw new Error(`webhook: ${answer.status} ${await answer.text()}`);
    });
  }

  /** Hands commands in, each until it is acknowledged, whatever happens to the gateway. */
  async submit(commands: readonly LoadedCommand[]): Promise<void> {
    await Promise.all(commands.map((command) => this.#submitOne(command)));
  }

  /** Listens until every command was heard of; a stream that ends is gone on with after the last event. */
  async listenFor(commands: readonly LoadedCommand[]): Promise<HeardOn> {
    const ids: string[] = [];
    const heard: string[] = [];
    const missing = (also: readonly string[] = []) =>
      commands.some(({ commandId }) => !heard.includes(commandId) && !also.includes(commandId));
    while (missing()) {
      const listener = await this.#listen(ids.at(-1)).catch(() => undefined);
      if (listener === undefined) {
        await delay(PAUSE_MS);
        continue;
      }
      const commandsOf = () => listener.heard.map(({ receipt }) => receipt.commandId);
      while (missing(commandsOf()) && !(await isOver(listener))) await delay(PAUSE_MS);
      listener.leave();
      ids.push(...listener.ids);
      heard.push(...commandsOf());
    }
    return { ids, commands: heard };
  }

  /** As `kill -9` does; then starts it again. */
  async killAndStart(): Promise<void> {
    await this.#process.stop('SIGKILL');
    this.kills += 1;
    this.#process = await startDeployedFrom(this.#settings);
  }

  async stop(): Promise<void> {
    await this.#process.stop('SIGTERM');
  }

  async #listen(after: string | undefined): Promise<Listener> {
    return Listener.open({
      person: this.#options.people.listener,
      url: this.#process.url,
      audience: AUDIENCE,
      query: '?after=start',
      headers: after === undefined ? {} : { 'last-event-id': after },
    });
  }

  async #submitOne({ actor, invocation }: LoadedCommand): Promise<void> {
    const sender = this.#options.people.senders.find(({ id }) => id === actor);
    if (sender === undefined) throw new Error(`no sender ${actor}`);
    for (;;) {
      const sent = await this.#post(sender, '/v1/commands', { jws: invocation.args[0] }).catch(
        () => undefined,
      );
      if (sent?.ok === true) return;
      await delay(PAUSE_MS);
    }
  }

  async #post(person: Person, path: string, body: object): Promise<Response> {
    const token = await issueBearerToken(person.keys, { actor: person.id, audience: AUDIENCE });
    return fetch(`${this.#process.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
}

function isOver({ over }: Listener): Promise<boolean> {
  return Promise.race([over.then(() => true), delay(0, false)]);
}
