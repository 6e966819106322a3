import type { Person } from '#scripts';
import { issueBearerToken } from '@veinledger/client/node';
import type { Receipt } from '@veinledger/client';
import { createParser } from 'eventsource-parser';

/** An event as its listener got it. */
export interface Heard {
  readonly id: string;
  readonly receipt: Receipt;
}

/** A listener's end: why, and where to go on. */
export interface Ended {
  readonly reason: string;
  readonly after: string;
}

export interface Listening {
  readonly person: Person;
  /** the gateway's URL */
  readonly url: string;
  /** what the gateway expects as its tokens' audience; its URL when left out */
  readonly audience?: string;
  /** the query, such as `?after=start` */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens a stream of events; its status and headers are there when this returns. */
export async function openStream({
  person,
  url,
  audience = url,
  query = '',
  headers = {},
}: Listening) {
  const token = await issueBearerToken(person.keys, { actor: person.id, audience });
  const gone = new AbortController();
  const response = await fetch(`${url}/v1/events${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: gone.signal,
  });
  return { response, leave: () => gone.abort() };
}

/** What somebody hears from a gateway. */
export class Listener {
  readonly heard: Heard[] = [];
  readonly comments: string[] = [];
  ended: Ended | undefined;
  /** resolves when the stream is over, however it ended */
  readonly over: Promise<void>;
  readonly leave: () => void;
  #changed: () => void = () => undefined;

  private constructor(response: Response, leave: () => void) {
    this.leave = leave;
    this.over = this.#read(response).catch(() => undefined);
  }

  /** @throws Error with the problem's code when the gateway does not stream */
  static async open(listening: Listening): Promise<Listener> {
    const { response, leave } = await openStream(listening);
    if (response.ok) return new Listener(response, leave);
    const problem = (await response.json()) as { code: string };
    throw new Error(`${response.status} ${problem.code}`);
  }

  get ids(): readonly string[] {
    return this.heard.map(({ id }) => id);
  }

  get types(): readonly string[] {
    return this.heard.map(({ receipt }) => receipt.type);
  }

  /** Waits until something holds of what was heard. */
  async until(holds: (listener: this) => boolean): Promise<this> {
    while (!holds(this)) await new Promise<void>((resolve) => (this.#changed = resolve));
    return this;
  }

  async #read(response: Response): Promise<void> {
    const parser = createParser({
      onEvent: ({ id = '', event, data }) => {
        if (event === 'end') this.ended = JSON.parse(data) as Ended;
        else if (event === 'command') this.heard.push({ id, receipt: JSON.parse(data) as Receipt });
        else throw new Error(`expected a command or an end, found ${event ?? 'no event'}`);
      },
      onComment: (comment) => void this.comments.push(comment),
    });
    const decoder = new TextDecoder();
    const reader = response.body?.getReader();
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
      parser.feed(decoder.decode(read.value as Uint8Array, { stream: true }));
      this.#changed();
    }
  }
}
