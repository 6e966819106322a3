import { setTimeout as delay } from 'node:timers/promises';
import { LedgerError } from '../port.js';
import { Standing } from './endorsers.js';
import { readFailure } from './failure.js';
import type { Peer } from './peer.js';

/** Between two rounds over all peers, milliseconds. */
const PAUSE = 200;

/** For whom a peer is looked for, and which. */
export interface Search {
  /** the submitter's organisation: its peers come first */
  readonly mspId: string;
  /** how long to look, milliseconds */
  readonly within: number;
  /** organisations whose peers alone may see the request; all when left out */
  readonly among?: readonly string[] | undefined;
  /** peers to ask last */
  readonly avoid?: ReadonlySet<Peer>;
  /** the peer to ask first */
  readonly prefer?: Peer;
}

/** The peers of one channel. */
export class Peers<P extends Peer = Peer> {
  readonly all: readonly P[];
  readonly standing = new Standing();
  #committed = 0;
  #turn = 0;

  constructor(peers: readonly P[]) {
    this.all = peers;
  }

  /** MSP ids of the organisations that have a peer here, in the order of their first one. */
  get organisations(): readonly string[] {
    return [...new Set(this.all.map(({ mspId }) => mspId))];
  }

  /** How little can be expected of an organisation: lately it did not endorse, or all its peers are down. */
  troubleOf(mspId: string): number {
    const its = this.all.filter((peer) => peer.mspId === mspId);
    const down = its.length > 0 && its.every((peer) => peer.resting);
    return this.standing.troubleOf(mspId) + (down ? 1 : 0);
  }

  /** Counts on, so that organisations take turns. */
  nextTurn(): number {
    this.#turn += 1;
    return this.#turn;
  }

  /** The number of blocks that this ledger has seen committed: no later read may show fewer. */
  get committed(): number {
    return this.#committed;
  }

  /** Takes note of a block that a peer has committed. */
  sawBlock(peer: Peer, block: number): void {
    peer.holds(block + 1);
    this.#committed = Math.max(this.#committed, block + 1);
  }

  /**
   * Peers in the order in which to ask them, again and again until the time is over.
   * Throws a {@link LedgerError} of kind `unavailable` when none may be asked.
   */
  async *search(search: Search): AsyncGenerator<P, void> {
    const until = Date.now() + search.within;
    for (;;) {
      const round = this.#inOrder(search);
      if (round.length === 0) {
        const wanted = search.among?.join(', ') ?? 'anybody';
        throw new LedgerError('unavailable', `no peer of ${wanted} is configured`);
      }
      for (const peer of round) {
        if (await peer.connects()) yield peer;
        else peer.failed();
        if (Date.now() >= until) return;
      }
      await delay(PAUSE);
    }
  }

  /**
   * Asks one peer after the other until one answers.
   * Throws a {@link LedgerError}: `contract` and `mismatch` as a peer answered them, `unavailable` when none
   * answered in time.
   */
  async ask<Answer>(search: Search, work: (peer: P) => Promise<Answer>): Promise<Answer> {
    const failures = new Map<string, string>();
    let cause: unknown;
    for await (const peer of this.search(search)) {
      try {
        const answer = await work(peer);
        peer.answered();
        return answer;
      } catch (error) {
        const failure = readFailure(error);
        if (failure === undefined) throw error;
        const { kind, message, mspIds } = failure;
        if (kind !== 'unreachable') {
          throw new LedgerError(kind === 'denied' ? 'contract' : kind, message, { cause: error });
        }
        this.standing.unanswered(mspIds);
        if (mspIds.length === 0 || mspIds.includes(peer.mspId)) peer.failed();
        failures.set(peer.endpoint, message);
        cause = error;
      }
    }
    const answers = [...failures].map(([endpoint, message]) => `${endpoint}: ${message}`);
    const message = `no peer answered within ${search.within} ms: ${answers.join('; ')}`;
    throw new LedgerError('unavailable', message, { cause });
  }

  close(): void {
    for (const peer of this.all) peer.close();
  }

  #inOrder({ mspId, among, avoid, prefer }: Search): readonly P[] {
    const last = (peer: P) => {
      if (peer === prefer) return -1;
      const avoided = avoid?.has(peer) === true || peer.resting;
      return (avoided ? 2 : 0) + (peer.mspId === mspId ? 0 : 1);
    };
    return this.all
      .filter((peer) => among === undefined || among.includes(peer.mspId))
      .sort((left, right) => last(left) - last(right));
  }
}
