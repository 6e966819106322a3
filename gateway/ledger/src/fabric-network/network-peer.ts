import type { Endorser } from 'fabric-common';
import { readAhead } from '../fabric/block-stream.js';
import { NO_SUCH_TRANSACTION, readChainInfo } from '../fabric/chain-queries.js';
import type { FabricPeer } from '../fabric/options.js';
import { readBlock, readRawBlock, type RawBlock } from '../fabric/parse/block.js';
import { PeerError } from '../fabric/peer-error.js';
import { Peer, type Query, type Validated } from '../fabric/peer.js';
import type { SubmitterIdentity } from '../port.js';
import { answering, answersOf, requireAll } from './answers.js';
import { BlockListener } from './block-listener.js';
import { CommitListeners } from './commits.js';
import type { Connection } from './connection.js';

/** How long nothing is heard before the peer is asked itself, milliseconds: it may have died, or begun to listen late. */
const SILENCE = 500;
const PROBE = 2_000;
/** How long the peer may take to answer such a question, milliseconds. */
const ANSWER = 5_000;

/** One peer, asked through fabric-network. */
export class NetworkPeer extends Peer {
  readonly endorser: Endorser;
  readonly commits: CommitListeners;
  readonly #connection: Connection;
  #connecting: Promise<boolean> | undefined;

  constructor(address: FabricPeer, connection: Connection) {
    super(address);
    this.#connection = connection;
    this.endorser = connection.endorser(address);
    this.commits = new CommitListeners(connection, this.endorser);
  }

  /** Callers that ask at the same time share one connection. */
  connects(): Promise<boolean> {
    this.#connecting ??= this.endorser
      .checkConnection()
      .finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  evaluate(query: Query, deadline: number): Promise<Uint8Array> {
    return answering(this.endorser, async () => {
      const context = await this.#connection.context(query.submitter);
      const proposal = this.#connection.channel.newQuery(query.chaincode);
      proposal.build(context, requestOf(query));
      proposal.sign(context);
      const requestTimeout = Math.max(deadline - Date.now(), 1);
      const answered = await proposal.send({ targets: [this.endorser], requestTimeout });
      const [response] = requireAll(answersOf(answered, () => this.mspId));
      if (response === undefined) throw new Error('the peer answered nothing');
      return response.response.payload;
    });
  }

  /** What the listener hears, else what the peer's blocks hold. */
  async commitOf(
    transactionId: string,
    _submitter: SubmitterIdentity,
    deadline: number,
  ): Promise<Validated> {
    await answering(this.endorser, () => this.commits.begin(transactionId));
    try {
      while (Date.now() < deadline) {
        const patience = Math.min(SILENCE, Math.max(deadline - Date.now(), 1));
        const heard = await this.commits.hear(transactionId, patience);
        const committed = heard ?? (await this.#find(transactionId));
        if (committed !== undefined) return committed;
      }
    } finally {
      this.commits.end(transactionId);
    }
    const texts = [`${this.endpoint} heard of no commit of ${transactionId}`];
    throw new PeerError({ texts, mspIds: [this.mspId] });
  }

  async *deliver(first: number, signal: AbortSignal): AsyncGenerator<RawBlock, void> {
    const listener = await answering(this.endorser, () =>
      BlockListener.open(this.#connection, this.endorser, first),
    );
    const wake = () => listener.wake();
    signal.addEventListener('abort', wake);
    const chain = { block: (number: number) => this.#block('GetBlockByNumber', `${number}`) };
    const ended = () => signal.aborted;
    try {
      for (let next = first; !ended();) {
        const newest = (await listener.beyond(next, PROBE)) ?? (await this.#newest());
        for await (const block of readAhead(chain, next, ended() ? next : newest + 1)) {
          yield block;
          if (ended()) return;
          next = block.number + 1;
        }
      }
    } finally {
      signal.removeEventListener('abort', wake);
      listener.close();
    }
  }

  close(): void {
    this.endorser.disconnect();
  }

  async #newest(): Promise<number> {
    return readChainInfo(await this.#query('GetChainInfo')).height - 1;
  }

  async #find(transactionId: string): Promise<Validated | undefined> {
    try {
      const block = await this.#block('GetBlockByTxID', transactionId);
      const { transactions } = readBlock(block, this.#connection.chaincode);
      return transactions.find((each) => each.transactionId === transactionId);
    } catch (error) {
      if (error instanceof PeerError && error.message.includes(NO_SUCH_TRANSACTION))
        return undefined;
      throw error;
    }
  }

  async #block(name: string, argument: string): Promise<RawBlock> {
    return readRawBlock(await this.#query(name, argument));
  }

  #query(name: string, ...args: string[]): Promise<Uint8Array> {
    const { channel, reader } = this.#connection;
    const query = { chaincode: 'qscc', function: name, args: [channel.name, ...args] };
    return this.evaluate({ ...query, submitter: reader }, Date.now() + ANSWER);
  }
}

/** A call as the library builds its proposal from it. */
export function requestOf({ function: fcn, args, transient }: Omit<Query, 'chaincode'>) {
  const entries = Object.entries(transient ?? {});
  const transientMap = Object.fromEntries(
    entries.map(([name, content]) => [name, Buffer.from(content)]),
  );
  return { fcn, args: [...args], ...(entries.length > 0 && { transientMap }) };
}
