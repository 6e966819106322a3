import type { Person } from '#scripts';
import type { Said } from '../account/said.js';
import { enclose } from './envelope.js';
import { type Consortium, PlayedLedger } from './ledger.js';
import { absolute, type Spoken } from './spoken.js';

/** How long after one command the next is said: at the bedside sooner. */
const PACE_MS = 5 * 60_000;
const BEDSIDE_PACE_MS = 20_000;
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

/** Says commands one after another, and keeps what was answered. */
export class Player {
  readonly said: Said[];
  readonly #scene: Scene;
  readonly #ledger: PlayedLedger;
  #now: number;

  constructor(scene: Scene, from?: Player) {
    this.#scene = scene;
    this.#now = from ? from.#now : BEGINNING;
    this.said = from ? [...from.said] : [];
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

  wait(ms: number): void {
    this.#now += ms;
  }

  /** Says a command now. */
  async say(spoken: Spoken): Promise<Said> {
    this.#now += /^care:|^quality:|Disposition$/.test(spoken.type) ? BEDSIDE_PACE_MS : PACE_MS;
    const person = this.#scene.people.get(spoken.by);
    if (!person) throw new Error(`there is nobody called ${spoken.by}`);
    const at = this.#now - (spoken.lateMs ?? 0);
    const body = absolute(spoken.body, at);
    const message = enclose(
      {
        network: this.#ledger.network,
        type: spoken.type,
        actor: person.id,
        body,
        at: new Date(at).toISOString(),
        ...(spoken.lateReason === undefined ? {} : { lateReason: spoken.lateReason }),
        annexes: spoken.annexes,
        serial: `${this.said.length}`,
      },
      person.keys.public,
    );
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
      answer: await this.#answer(person, message),
    };
    ORIGINS.set(said, spoken);
    this.said.push(said);
    return said;
  }

  async #answer(person: Person, message: ReturnType<typeof enclose>): Promise<Said['answer']> {
    try {
      const { receipt } = await this.#ledger.submit(person, message);
      return {
        outcome: receipt.decision,
        ...(receipt.effect === undefined ? {} : { effect: receipt.effect }),
        codes: receipt.reasons.map(({ code }) => code),
        deviations: receipt.deviations.map(({ id, code }) => ({ id, code })),
        command: receipt.commandId,
      };
    } catch (error) {
      return { outcome: 'error', codes: [codeOf(error)], deviations: [] };
    }
  }
}

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
