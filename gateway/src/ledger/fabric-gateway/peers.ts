import { setTimeout as delay } from 'node:timers/promises';
import { LedgerError } from '../port.js';
import { readFailure } from './failure.js';
import { Peer } from './peer.js';
import type { FabricPeer } from './options.js';

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
export class Peers {
  readonly all: readonly Peer[];
  #committed = 0;

  constructor(peers: readonly FabricPeer[]) {
    this.all = peers.map((each) => new Peer(each));
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
  async *search(search: Search): AsyncGenerator<Peer, void> {
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
  async ask<Answer>(search: Search, work: (peer: Peer) => Promise<Answer>): Promise<Answer> {
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
        const { kind, message } = failure;
        if (kind !== 'unreachable') {
          throw new LedgerError(kind === 'denied' ? 'contract' : kind, message, { cause: error });
        }
        peer.failed();
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

  #inOrder({ mspId, among, avoid, prefer }: Search): readonly Peer[] {
    const last = (peer: Peer) => {
      if (peer === prefer) return -1;
      const avoided = avoid?.has(peer) === true || peer.resting;
      return (avoided ? 2 : 0) + (peer.mspId === mspId ? 0 : 1);
    };
    return this.all
      .filter((peer) => among === undefined || among.includes(peer.mspId))
      .sort((left, right) => last(left) - last(right));
  }
}
