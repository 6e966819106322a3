import { setTimeout as delay } from 'node:timers/promises';
import { common } from '@hyperledger/fabric-protos';
import { LedgerError, type SubmitterIdentity } from '../port.js';
import type { Deadlines } from './options.js';
import { readRawBlock, type RawBlock } from './parse/block.js';
import { PeerBehind } from './peer-error.js';
import type { Peer } from './peer.js';
import type { Peers } from './peers.js';

/** How long a peer may take to commit what another one has, milliseconds. */
const CATCH_UP = 3_000;
const CATCH_UP_PAUSE = 25;
/** What `qscc` says of a transaction that no block holds. */
export const NO_SUCH_TRANSACTION = 'no such transaction ID';

/** The chain as one peer has it. */
export interface ChainInfo {
  readonly height: number;
  /** hash of the last block's header, lower-case hexadecimal */
  readonly lastHash: string;
}

/** Whom to ask about which channel, and in whose name. */
export interface ChainSource {
  readonly name: string;
  readonly peers: Peers;
  readonly reader: SubmitterIdentity;
  readonly deadlines: Deadlines;
}

/** Asks the peers' system chaincode `qscc` about blocks, in the reader's name. */
export class ChainQueries {
  readonly #source: ChainSource;
  readonly #waiting = new Map<Peer, Promise<ChainInfo>>();

  constructor(source: ChainSource) {
    this.#source = source;
  }

  /** The chain, with every block that this ledger has seen committed. */
  info(): Promise<ChainInfo> {
    return this.#ask((peer) => this.#queryInfo(peer));
  }

  /** Throws a {@link LedgerError} of kind `contract` when the peer cannot read the block. */
  async block(number: number): Promise<RawBlock> {
    return readRawBlock(
      await this.#ask((peer) => this.#query(peer, 'GetBlockByNumber', `${number}`)),
    );
  }

  /** The block that holds a transaction, valid or not; undefined when there is none. */
  async blockOf(transactionId: string): Promise<RawBlock | undefined> {
    try {
      const query = (peer: Peer) => this.#query(peer, 'GetBlockByTxID', transactionId);
      return readRawBlock(await this.#ask(query));
    } catch (error) {
      if (error instanceof LedgerError && error.message.includes(NO_SUCH_TRANSACTION))
        return undefined;
      throw error;
    }
  }

  /** Waits until a peer holds so many blocks. Throws {@link PeerBehind} when it takes too long. */
  async catchUp(peer: Peer, height: number): Promise<void> {
    const until = Date.now() + CATCH_UP;
    while (peer.height < height) {
      await this.#infoAt(peer);
      if (peer.height >= height) return;
      if (Date.now() >= until) {
        const behind = `${peer.endpoint} holds ${peer.height} blocks, expected ${height}`;
        throw new PeerBehind(behind, peer.mspId);
      }
      await delay(CATCH_UP_PAUSE);
    }
  }

  #ask<Answer>(work: (peer: Peer) => Promise<Answer>): Promise<Answer> {
    const { peers, reader, deadlines } = this.#source;
    const height = peers.committed;
    return peers.ask({ mspId: reader.mspId, within: deadlines.failover }, async (peer) => {
      await this.catchUp(peer, height);
      return work(peer);
    });
  }

  /** Callers that ask the same peer at the same time share one answer. */
  #infoAt(peer: Peer): Promise<ChainInfo> {
    const waiting = this.#waiting.get(peer);
    if (waiting !== undefined) return waiting;
    const asked = this.#queryInfo(peer).finally(() => this.#waiting.delete(peer));
    this.#waiting.set(peer, asked);
    return asked;
  }

  async #queryInfo(peer: Peer): Promise<ChainInfo> {
    const info = readChainInfo(await this.#query(peer, 'GetChainInfo'));
    peer.holds(info.height);
    return info;
  }

  #query(peer: Peer, name: string, ...args: string[]): Promise<Uint8Array> {
    const { reader, name: channel, deadlines } = this.#source;
    const query = {
      chaincode: 'qscc',
      function: name,
      args: [channel, ...args],
      submitter: reader,
    };
    return peer.evaluate(query, Date.now() + deadlines.evaluate);
  }
}

/** Reads what `qscc` answers to `GetChainInfo`. */
export function readChainInfo(bytes: Uint8Array): ChainInfo {
  const info = common.BlockchainInfo.deserializeBinary(bytes);
  const lastHash = Buffer.from(info.getCurrentblockhash_asU8()).toString('hex');
  return { height: info.getHeight(), lastHash };
}
