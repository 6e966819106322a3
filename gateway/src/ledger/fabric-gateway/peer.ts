import { Client, connectivityState, credentials } from '@grpc/grpc-js';
import { connect, hash, type Gateway } from '@hyperledger/fabric-gateway';
import { LedgerError, type SubmitterIdentity } from '../port.js';
import type { FabricPeer } from './options.js';
import { lowSSigner } from './x509-signer.js';

/** Connections of more submitters than this are not kept; they hold memory only. */
const KEPT_GATEWAYS = 256;
/** How long a connection may take, milliseconds; a host that is down answers nothing at all. */
const CONNECT = 2_000;
/** How long a peer that did not answer is asked last, milliseconds; doubles while it goes on. */
const FIRST_REST = 2_000;
const LAST_REST = 16_000;
const MAX_MESSAGE_BYTES = 100 * 1024 * 1024;

/** The gateway service of one peer: one gRPC connection, shared by all submitters. */
export class Peer {
  readonly mspId: string;
  readonly endpoint: string;
  readonly #client: Client;
  readonly #gateways = new Map<string, Gateway>();
  #height = 0;
  #rest = FIRST_REST;
  #restsUntil = 0;

  constructor(peer: FabricPeer) {
    this.mspId = peer.mspId;
    this.endpoint = peer.endpoint;
    this.#client = new Client(peer.endpoint, credentials.createSsl(Buffer.from(peer.tlsCaPem)), {
      'grpc.ssl_target_name_override': peer.serverName,
      'grpc.default_authority': peer.serverName,
      // grpc-js waits up to two minutes otherwise, and a restarted peer is not found
      'grpc.initial_reconnect_backoff_ms': 250,
      'grpc.max_reconnect_backoff_ms': 1_000,
      'grpc.keepalive_time_ms': 120_000,
      'grpc.keepalive_timeout_ms': 20_000,
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
    });
  }

  /** The number of blocks that it is known to hold; it may hold more. */
  get height(): number {
    return this.#height;
  }

  get resting(): boolean {
    return Date.now() < this.#restsUntil;
  }

  /** Takes note of a number of blocks that the peer holds. */
  holds(height: number): void {
    this.#height = Math.max(this.#height, height);
  }

  /** Takes note that the peer did not answer: it is asked last for a while. */
  failed(): void {
    if (this.resting) return;
    this.#restsUntil = Date.now() + this.#rest;
    this.#rest = Math.min(this.#rest * 2, LAST_REST);
  }

  /** Takes note that the peer answered. */
  answered(): void {
    this.#rest = FIRST_REST;
    this.#restsUntil = 0;
  }

  /** Whether it makes sense to call now: connected, or refused at once; false when nothing answers. */
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

  /**
   * The gateway for one submitter.
   * Throws a {@link LedgerError} of kind `contract` when its private key cannot be used.
   */
  gateway(submitter: SubmitterIdentity): Gateway {
    const id = `${submitter.mspId}\n${submitter.certificate}\n${submitter.privateKey}`;
    const known = this.#gateways.get(id);
    if (known !== undefined) return known;
    const [oldest] = this.#gateways.keys();
    if (this.#gateways.size >= KEPT_GATEWAYS && oldest !== undefined) this.#gateways.delete(oldest);
    const gateway = connect({
      client: this.#client,
      identity: { mspId: submitter.mspId, credentials: Buffer.from(submitter.certificate) },
      signer: signerOf(submitter),
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

function signerOf(submitter: SubmitterIdentity): ReturnType<typeof lowSSigner> {
  try {
    return lowSSigner(submitter.privateKey);
  } catch (cause) {
    const message = `ACCESS_DENIED: submitter of ${submitter.mspId}: its private key cannot be used: ${String(cause)}`;
    throw new LedgerError('contract', message, { cause });
  }
}
