import type { Committed, Person, SignedMessage, Submitter } from '#scripts';
import { seal } from './envelope.js';
import type { PlayedLedger } from './ledger.js';
import { type Body, mapped, relative, type Spoken, type Value } from './spoken.js';

interface Payload {
  readonly type: string;
  readonly at: string;
  readonly body: Body;
  readonly annex?: Readonly<Record<string, string>>;
}

/** Hands commands on to a ledger, and keeps what was said, so that it can be said again and otherwise. */
export class Recorder implements Submitter {
  readonly network: string;
  readonly people = new Map<string, Person>();
  readonly #ledger: PlayedLedger;
  readonly #said: Spoken[] = [];
  /** digests under this recording's salts, and those that a player makes */
  readonly #digests = new Map<string, string>();
  readonly #last = new Map<string, string>();

  constructor(ledger: PlayedLedger) {
    this.#ledger = ledger;
    this.network = ledger.network;
  }

  submit(person: Person, message: SignedMessage): Promise<Committed> {
    const { payload: encoded } = JSON.parse(message.jws) as { payload: string };
    const payload = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Payload;
    const annexes = Object.fromEntries(
      Object.entries(message.annexes).map(([name, text]) => {
        const { content } = JSON.parse(text) as { content: Value };
        const digest = payload.annex?.[name] ?? '';
        this.#digests.set(digest, seal(name, content).digest);
        this.#last.set(name, digest);
        return [name, content];
      }),
    );
    this.people.set(person.id, person);
    this.#said.push({
      type: payload.type,
      by: person.id,
      body: relative(payload.body, Date.parse(payload.at)) as Body,
      annexes,
    });
    return this.#ledger.submit(person, message);
  }

  /**
   * The digest of the annex of this name that was handed in last.
   * @throws Error when there was none
   */
  lastDigest(name: string): string {
    const digest = this.#last.get(name);
    if (digest === undefined) throw new Error(`no annex ${name} was handed in`);
    return digest;
  }

  /** What was said since it was asked last. */
  take(): readonly Spoken[] {
    return this.#said.splice(0).map((spoken) => ({
      ...spoken,
      body: mapped(spoken.body, (text) => this.#digests.get(text) ?? text) as Body,
    }));
  }
}
