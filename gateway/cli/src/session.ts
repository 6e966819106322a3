import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  algorithmId,
  algorithmStatus,
  COMMANDS,
  type ConsortiumRoot,
  instant,
  type JwsAlgorithm,
  requiredAlgorithms,
} from '@veinledger/domain';
import {
  type ActorKeys,
  type Attempt,
  GatewayClient,
  GatewayProblem,
  nativeSigner,
  type Receipt,
  readActorKeys,
  signCommand,
  type Statement,
  withdrawWithoutToken,
} from '@veinledger/client/node';
import { page } from '@veinledger/client/wire';
import { z } from 'zod';
import { type Home, readRoot } from './development/home.js';
import { CliError, wrongUsage } from './complaint.js';
import type { CommandResult } from './command-result.js';

/** What every command is told. */
export interface SessionOptions {
  readonly home: Home;
  /** the gateway's URL */
  readonly gateway: string;
  /** who acts */
  readonly as: string | undefined;
  /** tells people what goes on meanwhile */
  readonly note: (line: string) => void;
  /** shows what has been done before the end */
  readonly show: (result: CommandResult) => void;
}

/** The codes by which a ledger says that a command is not signed by what members require. */
const OTHER_ALGORITHMS: readonly string[] = ['ALGORITHM_REFUSED', 'SIGNATURE_MISSING'];

/** What is let in without a token, since nobody silences a patient. */
const BY_ANY_KEY = COMMANDS.filter(({ byAnyKey }) => byAnyKey).map(({ type }) => type);

/** The codes by which a gateway does not know a token's actor, or its key, any more. */
const NOT_LET_IN: readonly string[] = ['ACTOR_REVOKED', 'TOKEN_INVALID'];

const algorithmSchema = z.object({
  id: algorithmId,
  status: algorithmStatus,
  notAfter: z.exactOptional(instant),
  replacedBy: z.exactOptional(algorithmId),
});

/** A person at a command line waits less long than a service. */
const RETRIES = { attempts: 4, firstDelayMs: 200, maxDelayMs: 2_000, timeoutMs: 60_000 };

/** One command's way to the home's keys and to the gateway. */
export class Session {
  readonly home: Home;
  readonly gateway: string;
  readonly #as: string | undefined;
  readonly #note: (line: string) => void;
  /** Shows what has been done of a command that goes on, such as one that serves. */
  readonly show: (result: CommandResult) => void;

  constructor({ home, gateway, as, note, show }: SessionOptions) {
    this.home = home;
    this.gateway = gateway;
    this.#as = as;
    this.#note = note;
    this.show = show;
  }

  /** The folder of the actors' keys, beside the registrars'. */
  get keys(): string {
    return join(this.home.directory, 'keys');
  }

  /** The folder of what opens the commitments that were signed here. */
  get openings(): string {
    return join(this.home.directory, 'openings');
  }

  /** Tells people what goes on meanwhile; programs are told at the end only. */
  note(line: string): void {
    this.#note(line);
  }

  /** Who acts, as `--as` says. */
  get named(): string | undefined {
    return this.#as;
  }

  /** @throws CliError 2 when nobody is named by `--as` */
  actor(): string {
    if (this.#as === undefined) throw wrongUsage('--as', 'the actor who signs');
    return this.#as;
  }

  /**
   * Who reads: as `--as` says, or the only one whose keys are in the home, which people are told.
   * @throws CliError 2 where it could be several, naming them
   */
  async reader(): Promise<string> {
    if (this.#as !== undefined) return this.#as;
    await this.root();
    const known = await this.#actors();
    const [only] = known;
    if (only !== undefined && known.length === 1) return this.#acting(only);
    throw wrongUsage(
      '--as',
      known.length === 0 ? 'the actor who reads' : `one of ${known.join(', ')}`,
    );
  }

  /**
   * Who speaks for the founders: as `--as` says, or the first whose registrar's keys are in the home, which people are
   * told. The others would say the same.
   * @param organisation the founder, where it matters which
   * @throws CliError 2 where nobody can
   */
  async founder(organisation?: string): Promise<string> {
    if (this.#as !== undefined) return this.#as;
    const { organisations } = await this.root();
    const found = organisations.find(
      ({ id, registrar }) =>
        (organisation === undefined || id === organisation) && this.#keyFile(registrar.actor),
    );
    return found ? this.#acting(found.registrar.actor) : this.reader();
  }

  #acting(actor: string): string {
    this.#note(`as ${actor}`);
    return actor;
  }

  /** Everybody whose keys are in the home. */
  async #actors(): Promise<readonly string[]> {
    const folders = [this.home.registrars, this.keys].filter((folder) => existsSync(folder));
    const files = (await Promise.all(folders.map((folder) => readdir(folder)))).flat();
    const named = files.filter((file) => file.endsWith('.json'));
    return [...new Set(named.map((file) => file.slice(0, -'.json'.length)))].sort();
  }

  /** @throws CliError when the home holds no consortium root */
  root(): Promise<ConsortiumRoot> {
    const { rootFile } = this.home;
    if (existsSync(rootFile)) return readRoot(this.home);
    throw new CliError('NOT_FOUNDED', "there is no consortium yet; 'init' founds one", {
      field: '--home',
      expected: 'a consortium root',
      found: `no ${rootFile}`,
    });
  }

  /** @throws CliError 2 when the home holds no keys of the actor */
  async keysOf(actor: string): Promise<ActorKeys> {
    const file = this.#keyFile(actor);
    if (file !== undefined) return readActorKeys(file);
    throw wrongUsage('--as', `an actor whose keys are in ${this.keys}`, actor);
  }

  async client(actor: string): Promise<GatewayClient> {
    const keys = await this.keysOf(actor);
    return new GatewayClient({ url: this.gateway, actor, keys, retries: RETRIES });
  }

  /**
   * Signs with an actor's keys and hands in; a patient's no without a token, where the gateway takes theirs no more.
   * @throws GatewayProblem and the like, as the client does
   */
  async say(actor: string, statement: Statement): Promise<Receipt> {
    const { network } = await this.root();
    const client = await this.client(actor);
    const author = { network, actor, signer: nativeSigner(await this.keysOf(actor)) };
    const submit = async (algorithms?: readonly JwsAlgorithm[]) => {
      const by = algorithms === undefined ? author : { ...author, algorithms };
      const command = await signCommand(by, statement);
      try {
        return await client.submit(command, { onAttempt: this.#tell });
      } catch (error) {
        if (!isLeftOutside(error, statement)) throw error;
        this.#note(`${error.code}: handed in without a token`);
        return withdrawWithoutToken(this.gateway, command.jws);
      }
    };
    try {
      return await submit();
    } catch (error) {
      // nothing was written: members require other algorithms than both
      if (!(error instanceof GatewayProblem) || !OTHER_ALGORITHMS.includes(error.code)) throw error;
      return submit(await this.#algorithms(actor));
    }
  }

  async #algorithms(actor: string): Promise<readonly JwsAlgorithm[]> {
    const listed = z.array(algorithmSchema).parse(await this.list(actor, '/v1/algorithms'));
    return requiredAlgorithms(listed, new Date().toISOString());
  }

  /** Reads as an actor. */
  async read(actor: string, path: string): Promise<unknown> {
    return (await this.client(actor)).read(path, { onAttempt: this.#tell });
  }

  /** Reads a whole list, page by page where the gateway gives pages. */
  async list(actor: string, path: string): Promise<readonly unknown[]> {
    const first = await this.read(actor, path);
    if (Array.isArray(first)) return first as readonly unknown[];
    const { items, next } = page.parse(first);
    if (next === undefined) return items;
    const client = await this.client(actor);
    const rest: unknown[] = [];
    for await (const each of client.pages(path, { cursor: next })) rest.push(...each.items);
    return [...items, ...rest];
  }

  readonly #tell = ({ action, code, result, delayMs }: Attempt): void => {
    if (delayMs === undefined) return;
    this.#note(`${action}: ${code ?? result}; again in ${(delayMs / 1000).toFixed(1)} s`);
  };

  #keyFile(actor: string): string | undefined {
    const places = [join(this.home.registrars, `${actor}.json`), join(this.keys, `${actor}.json`)];
    return places.find((each) => existsSync(each));
  }
}

function isLeftOutside(error: unknown, { type }: Pick<Statement, 'type'>): error is GatewayProblem {
  if (!(error instanceof GatewayProblem)) return false;
  return NOT_LET_IN.includes(error.code) && BY_ANY_KEY.includes(type);
}
