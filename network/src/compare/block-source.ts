import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, signers, type CloseableAsyncIterable } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';

/** A peer whose blocks any member may read. */
export interface ComparedPeer {
  readonly name: string;
  readonly mspId: string;
  /** host:port for clients */
  readonly endpoint: string;
  /** the name in its certificate */
  readonly serverName: string;
  /** path of the PEM that its TLS certificate descends from */
  readonly tlsCaCertificate: string;
}

/** A member's client identity, with which every peer of the channel is asked. */
export interface LedgerReader {
  readonly mspId: string;
  /** PEM */
  readonly certificate: string;
  /** PEM */
  readonly privateKey: string;
}

/** A peer may take this long to answer, or to hand over the next block. */
const ANSWER_MS = 60_000;

/** The blocks of a channel as one peer serves them. */
export class BlockSource {
  readonly peer: ComparedPeer;
  readonly #client: Client;
  readonly #gateway: ReturnType<typeof connect>;
  readonly #channel: string;
  #blocks: CloseableAsyncIterable<common.Block> | undefined;
  #next: AsyncIterator<common.Block> | undefined;

  private constructor(peer: ComparedPeer, tlsCa: Buffer, reader: LedgerReader, channel: string) {
    this.peer = peer;
    this.#channel = channel;
    this.#client = new Client(peer.endpoint, credentials.createSsl(tlsCa), {
      'grpc.ssl_target_name_override': peer.serverName,
    });
    this.#gateway = connect({
      client: this.#client,
      identity: { mspId: reader.mspId, credentials: Buffer.from(reader.certificate) },
      signer: signers.newPrivateKeySigner(createPrivateKey(reader.privateKey)),
      evaluateOptions: () => ({ deadline: Date.now() + ANSWER_MS }),
    });
  }

  static async open(
    peer: ComparedPeer,
    reader: LedgerReader,
    channel: string,
  ): Promise<BlockSource> {
    return new BlockSource(peer, await readFile(peer.tlsCaCertificate), reader, channel);
  }

  /** How many blocks the peer holds: its own system chaincode is asked, and no other peer. */
  async height(): Promise<number> {
    const contract = this.#gateway.getNetwork(this.#channel).getContract('qscc');
    const answer = await contract.evaluate('GetChainInfo', {
      arguments: [this.#channel],
      endorsingOrganizations: [this.peer.mspId],
    });
    return common.BlockchainInfo.deserializeBinary(answer).getHeight();
  }

  /**
   * The next block, from the first on.
   * @throws Error when the peer does not hand it over in time
   */
  async next(): Promise<common.Block> {
    if (this.#next === undefined) {
      const network = this.#gateway.getNetwork(this.#channel);
      this.#blocks = await network.getBlockEvents({ startBlock: 0n });
      this.#next = this.#blocks[Symbol.asyncIterator]();
    }
    const answer = await inTime(this.#next.next());
    if (answer.done === true) throw new Error('ended before the last block');
    return answer.value;
  }

  close(): void {
    this.#blocks?.close();
    this.#gateway.close();
    this.#client.close();
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no block in ${ANSWER_MS} ms`)), ANSWER_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
