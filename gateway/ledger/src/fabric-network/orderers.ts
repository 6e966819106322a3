import { setTimeout as delay } from 'node:timers/promises';
import type { Commit, Committer } from 'fabric-common';
import type { Way } from '../fabric/client.js';
import { PeerError } from '../fabric/peer-error.js';
import { answering } from './answers.js';
import type { Connection } from './connection.js';
import type { Discovery } from './discovery.js';

/** How long an ordering node that did not answer is asked last, milliseconds. */
const REST = 5_000;
/** Between two rounds over all of them, milliseconds. */
const PAUSE = 200;

/** The channel's ordering nodes, of which one is sent to: the one that took the last transaction, while it does. */
export class Orderers {
  readonly #connection: Connection;
  readonly #discovery: Discovery;
  readonly #restUntil = new Map<string, number>();
  #last: string | undefined;

  constructor(connection: Connection, discovery: Discovery) {
    this.#connection = connection;
    this.#discovery = discovery;
  }

  /**
   * Ways to one ordering node after the other, again and again until the time is over; where they are is asked again too,
   * while no peer tells.
   */
  async *ways(commit: Commit, within: number): AsyncGenerator<Way, void> {
    const until = Date.now() + within;
    while (Date.now() < until) {
      const found = (await this.#areDiscovered()) ? this.#inOrder() : [];
      for (const committer of found) {
        yield {
          send: (deadline) => this.#send(commit, committer, deadline),
          failed: () => this.#failed(committer),
        };
        if (Date.now() >= until) return;
      }
      this.#discovery.forget();
      await delay(PAUSE);
    }
  }

  async #areDiscovered(): Promise<boolean> {
    try {
      await this.#discovery.service();
      return true;
    } catch (error) {
      if (error instanceof PeerError) return false;
      throw error;
    }
  }

  async #send(commit: Commit, committer: Committer, deadline: number): Promise<void> {
    const requestTimeout = Math.max(deadline - Date.now(), 1);
    const sending = () => commit.send({ targets: [committer], requestTimeout }) as Promise<unknown>;
    const answer = await answering(committer, sending);
    const { status, info } = readAnswer(answer);
    if (status === 'SUCCESS') {
      this.#last = committer.name;
      return;
    }
    const texts = [`unsuccessful response from orderer: status=${status}, info=${info}`];
    throw new PeerError({ texts, mspIds: [committer.mspid] });
  }

  #failed({ name }: Committer): void {
    this.#restUntil.set(name, Date.now() + REST);
    if (this.#last === name) this.#last = undefined;
  }

  #inOrder(): readonly Committer[] {
    const now = Date.now();
    const last = ({ name }: Committer) =>
      (now < (this.#restUntil.get(name) ?? 0) ? 2 : 0) + (name === this.#last ? 0 : 1);
    return this.#connection.channel
      .getCommitters()
      .toSorted((left, right) => last(left) - last(right));
  }
}

function readAnswer(answer: unknown): { readonly status: string; readonly info: string } {
  const { status, info } = Object(answer) as { status?: unknown; info?: unknown };
  return { status: String(status), info: typeof info === 'string' ? info : '' };
}
