import type { Committed, Person, SignedMessage } from '#scripts';
import type { Said } from '../account/said.js';
import { blankSigner, enclose, type Letter } from './envelope.js';
import { type Consortium, PlayedLedger } from './ledger.js';
import { absolute, named, type Spoken } from './spoken.js';

/** How long after one command the next is said: at the bedside sooner. */
const PACE_MS = 5 * 60_000;
const BEDSIDE_PACE_MS = 20_000;
/** No command has this id. */
const NO_COMMAND = 'A'.repeat(43);
/** When the first command is said. */
const BEGINNING = Date.parse('2026-03-02T08:00:00.000Z');

export interface Scene {
  readonly consortium: Consortium;
  readonly people: ReadonlyMap<string, Person>;
}

const ORIGINS = new WeakMap<Said, Spoken>();

/** The command that was said. */
export function spokenAs(said: Said): Spoken | undefined {
  return ORIGINS.get(said);
}

/** A command as it was handed in, and the receipt that it was answered with. */
export interface Exchange {
  readonly person: Person;
  readonly letter: Letter;
  /** undefined where an error wrote nothing */
  readonly receipt: Receipt | undefined;
}

export type Receipt = Committed['receipt'];

const EXCHANGES = new WeakMap<Said, Exchange>();

/** @throws Error for what no player said */
export function exchangeOf(said: Said): Exchange {
  const exchange = EXCHANGES.get(said);
  if (!exchange) throw new Error(`${said.type} was said by no player`);
  return exchange;
}

/** Says commands one after another, and keeps what was answered. */
export class Player {
  readonly said: Said[];
  readonly #scene: Scene;
  readonly #ledger: PlayedLedger;
  /** those who sign with other keys than they began with */
  readonly #renewed: Map<string, Person>;
  #now: number;

  constructor(scene: Scene, from?: Player) {
    this.#scene = scene;
    this.#now = from ? from.#now : BEGINNING;
    this.said = from ? [...from.said] : [];
    this.#renewed = new Map(from ? from.#renewed : []);
    this.#ledger = new PlayedLedger(
      scene.consortium,
      () => this.#now,
      from ? from.#ledger : undefined,
    );
  }

  /** Another that goes on from here. */
  fork(): Player {
    return new Player(this.#scene, this);
  }

  /** Keeps what was answered on a copy of the ledger. */
  hearAside(answered: readonly Said[]): void {
    for (const said of answered) this.said.push({ ...said, index: this.said.length, aside: true });
  }

  /** From now on somebody signs with these keys. */
  renew(person: Person): void {
    this.#renewed.set(person.id, person);
  }

  get network(): string {
    return this.#ledger.network;
  }

  /** Who must do what next in a therapy, as the ledger says it now. */
  next(coi: string): ReturnType<PlayedLedger['next']> {
    return this.#ledger.next(coi);
  }

  wait(ms: number): void {
    this.#now += ms;
  }

  /** Says a command now. */
  async say(spoken: Spoken): Promise<Said> {
    this.#now += /^care:|^quality:|Disposition$/.test(spoken.type) ? BEDSIDE_PACE_MS : PACE_MS;
    const person = this.#renewed.get(spoken.by) ?? this.#scene.people.get(spoken.by);
    if (!person) throw new Error(`there is nobody called ${spoken.by}`);
    const at = this.#now - (spoken.lateMs ?? 0);
    const body = named(absolute(spoken.body, at), (type) => this.#lastOf(type));
    const letter: Letter = {
      network: this.#ledger.network,
      type: spoken.type,
      actor: person.id,
      body,
      at: new Date(at).toISOString(),
      ...(spoken.lateReason === undefined ? {} : { lateReason: spoken.lateReason }),
      annexes: spoken.annexes,
      serial: `${this.said.length}`,
    };
    const message = await enclose(letter, blankSigner(person.keys.public));
    const answered = await this.#submit(person, message);
    const said: Said = {
      index: this.said.length,
      type: spoken.type,
      body,
      actor: person.id,
      organisation: person.organisation,
      roles: person.roles,
      at,
      time: this.#now,
      ...(spoken.lateReason === undefined ? {} : { lateReason: spoken.lateReason }),
      annexes: spoken.annexes,
      digests: digestsIn(message.jws),
      answer: typeof answered === 'string' ? errorOf(answered) : answerOf(answered),
    };
    ORIGINS.set(said, spoken);
    EXCHANGES.set(said, {
      person,
      letter,
      receipt: typeof answered === 'string' ? undefined : answered,
    });
    this.said.push(said);
    return said;
  }

  /** The command of a type that was said last. */
  #lastOf(type: string): string {
    return this.said.findLast((each) => each.type === type)?.answer.command ?? NO_COMMAND;
  }

  /** The receipt, or the code of an error. */
  async #submit(person: Person, message: SignedMessage): Promise<Receipt | string> {
    try {
      return (await this.#ledger.submit(person, message)).receipt;
    } catch (error) {
      return codeOf(error);
    }
  }
}

function answerOf(receipt: Receipt): Said['answer'] {
  return {
    outcome: receipt.decision,
    ...(receipt.effect === undefined ? {} : { effect: receipt.effect }),
    codes: receipt.reasons.map(({ code }) => code),
    expected: receipt.reasons.flatMap(({ expected }) => expected ?? []),
    deviations: deviationsIn(receipt),
    changed: receipt.changed,
    command: receipt.commandId,
  };
}

function errorOf(code: string): Said['answer'] {
  return { outcome: 'error', codes: [code], deviations: [] };
}

/** The deviations that a command opened: those that its receipt lists, and those that it only says were written. */
function deviationsIn({ deviations, changed, commandId }: Receipt): Deviations {
  const listed = deviations.map(({ id, code }) => ({ id, code }));
  const written = changed
    .map((each) => /^deviation (.*)$/.exec(each)?.[1] ?? '')
    .filter((id) => id.endsWith(`.${commandId}`) && !listed.some((each) => each.id === id));
  return [...listed, ...written.map((id) => ({ id, code: 'UNLISTED' }))];
}

type Deviations = Said['answer']['deviations'];

function digestsIn(jws: string): Readonly<Record<string, string>> {
  const { payload } = JSON.parse(jws) as { payload: string };
  const { annex = {} } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    annex?: Readonly<Record<string, string>>;
  };
  return annex;
}

/** @throws what is no refusal of the ledger's */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code;
  throw error;
}
