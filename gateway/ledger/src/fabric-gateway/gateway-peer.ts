import { Client, connectivityState, credentials } from '@grpc/grpc-js';
import { connect, hash, type Gateway } from '@hyperledger/fabric-gateway';
import type { common } from '@hyperledger/fabric-protos';
import type { FabricOptions, FabricPeer } from '../fabric/options.js';
import { rawBlockOf, type RawBlock } from '../fabric/parse/block.js';
import { Peer, type Query, type Validated } from '../fabric/peer.js';
import { signatureOf } from '../fabric/x509-signer.js';
import type { SubmitterIdentity } from '../port.js';
import { commitRequest } from './commit-request.js';
import { answering } from './peer-answers.js';
import { proposalOf } from './proposal.js';

/** Connections of more submitters than this are not kept; they hold memory only. */
const KEPT_GATEWAYS = 256;
/** How long a connection may take, milliseconds; a host that is down answers nothing at all. */
const CONNECT = 2_000;
const MAX_MESSAGE_BYTES = 100 * 1024 * 1024;

/** The gateway service of one peer: one gRPC connection, shared by all submitters. */
export class GatewayPeer extends Peer {
  readonly #channel: string;
  readonly #reader: SubmitterIdentity;
  readonly #client: Client;
  readonly #gateways = new Map<string, Gateway>();

  constructor(peer: FabricPeer, { channel, reader }: Pick<FabricOptions, 'channel' | 'reader'>) {
    super(peer);
    this.#channel = channel;
    this.#reader = reader;
    this.#client = new Client(peer.endpoint, credentials.createSsl(Buffer.from(peer.tlsCaPem)), {
      'grpc.ssl_target_name_override': peer.serverName,
      'grpc.default_authority': peer.serverName,
      // grpc-js waits up to two minutes otherwise, and a restarted peer is not found
      'grpc.initial_reconnect_backoff_ms': 250,
      'grpc.max_reconnect_backoff_ms': 1_000,
      'grpc.keepalive_time_ms': 120_000,
      'grpc.keepalive_timeout_ms': 20_000,
      // statistics of each message, which nobody asks for
      'grpc.enable_channelz': 0,
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
    });
  }

  async connects(): Promise<boolean> {
    const channel = this.#client.getChannel();
    const deadline = Date.now() + CONNECT;
    for (;;) {
      const state = channel.getConnectivityState(true);
      if (state !== connectivityState.IDLE && state !== connectivityState.CONNECTING) return true;
      const silent = await new Promise<Error | undefined>((resolve) => {
        channel.watchConnectivityState(state, deadline, resolve);
      });
      if (silent !== undefined) return false;
    }
  }

  evaluate(query: Query, deadline: number): Promise<Uint8Array> {
    const proposal = proposalOf(this.gateway(query.submitter), this.#channel, query);
    return answering(() => proposal.evaluate({ deadline }));
  }

  async commitOf(
    transactionId: string,
    submitter: SubmitterIdentity,
    deadline: number,
  ): Promise<Validated> {
    const request = commitRequest(this.#channel, transactionId, submitter);
    const commit = this.gateway(submitter).newCommit(request);
    const { code, blockNumber } = await answering(() => commit.getStatus({ deadline }));
    return { block: Number(blockNumber), validationCode: code };
  }

  async *deliver(first: number, signal: AbortSignal): AsyncGenerator<RawBlock, void> {
    const network = this.gateway(this.#reader).getNetwork(this.#channel);
    const events = await answering(() => network.getBlockEvents({ startBlock: BigInt(first) }));
    const close = () => events.close();
    signal.addEventListener('abort', close);
    try {
      if (signal.aborted) return;
      const blocks = events[Symbol.asyncIterator]();
      for (;;) {
        const next = await this.#next(blocks, signal);
        if (next === undefined) return;
        yield rawBlockOf(next);
      }
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
  }

  /** The stream's next block; undefined when the peer ends it or the signal is aborted. */
  async #next(
    blocks: AsyncIterator<common.Block>,
    signal: AbortSignal,
  ): Promise<common.Block | undefined> {
    try {
      const next = await answering(() => blocks.next());
      return next.done === true ? undefined : next.value;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  /**
   * The gateway for one submitter.
   * @throws LedgerError `contract` when its private key cannot be used
   */
  gateway(submitter: SubmitterIdentity): Gateway {
    const id = JSON.stringify([submitter.mspId, submitter.certificate, submitter.privateKey]);
    const known = this.#gateways.get(id);
    if (known !== undefined) return known;
    const [oldest] = this.#gateways.keys();
    if (this.#gateways.size >= KEPT_GATEWAYS && oldest !== undefined) this.#gateways.delete(oldest);
    const sign = signatureOf(submitter);
    const gateway = connect({
      client: this.#client,
      identity: { mspId: submitter.mspId, credentials: Buffer.from(submitter.certificate) },
      signer: (message) => Promise.resolve(sign(message)),
      hash: hash.none,
    });
    this.#gateways.set(id, gateway);
    return gateway;
  }

  close(): void {
    this.#gateways.clear();
    this.#client.close();
  }
}
