import './quiet.js';
import { type Channel, Client, type Endorser, type IdentityContext } from 'fabric-common';
import { Gateway, type Network } from 'fabric-network';
import type { FabricOptions, FabricPeer } from '../fabric/options.js';
import type { SubmitterIdentity } from '../port.js';
import { Identities } from './identities.js';

/** How long a node may take to be connected, milliseconds; a host that is down answers nothing at all. */
const CONNECT = 1_000;
const MAX_MESSAGE_BYTES = 100 * 1024 * 1024;

const CONNECTION_OPTIONS = {
  'grpc-wait-for-ready-timeout': CONNECT,
  requestTimeout: 10_000,
  // grpc-js waits up to two minutes otherwise, and a restarted node is not found
  'grpc.initial_reconnect_backoff_ms': 250,
  'grpc.max_reconnect_backoff_ms': 1_000,
  'grpc.keepalive_time_ms': 120_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
  'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
};

/** An address of a node, and how it is recognised. */
export type NodeAddress = Pick<FabricPeer, 'mspId' | 'endpoint' | 'serverName' | 'tlsCaPem'>;

/** The library's client on one channel, with every identity that this ledger speaks by. */
export class Connection {
  readonly client = new Client('veinledger');
  readonly channel: Channel;
  readonly chaincode: string;
  readonly reader: SubmitterIdentity;
  readonly identities = new Identities();
  readonly #gateway = new Gateway();
  #network: Promise<Network> | undefined;

  constructor({ channel, chaincode, reader }: FabricOptions) {
    this.client.setCentralizedConnectionOptions(CONNECTION_OPTIONS);
    this.channel = this.client.getChannel(channel);
    this.chaincode = chaincode;
    this.reader = reader;
  }

  /** A peer of the channel, which is connected to when it is first needed. */
  endorser(address: FabricPeer): Endorser {
    const endorser = this.client.getEndorser(address.endpoint, address.mspId);
    endorser.setEndpoint(this.#endpoint(address));
    endorser.addChaincode(this.chaincode);
    this.channel.addEndorser(endorser, true);
    return endorser;
  }

  /** Whose calls are made in whose name. */
  async context(submitter: SubmitterIdentity): Promise<IdentityContext> {
    return this.client.newIdentityContext(await this.identities.user(submitter));
  }

  /** The library's network, in the reader's name: its listeners hear of commits. */
  network(): Promise<Network> {
    this.#network ??= this.#connect();
    this.#network.catch(() => (this.#network = undefined));
    return this.#network;
  }

  async #connect(): Promise<Network> {
    const label = await this.identities.put(this.reader);
    await this.#gateway.connect(this.client, {
      wallet: await this.identities.wallet,
      identity: label,
      clientTlsIdentity: label,
      discovery: { enabled: false },
    });
    return this.#gateway.getNetwork(this.channel.name);
  }

  #endpoint({ endpoint, serverName, tlsCaPem }: NodeAddress): Endorser['endpoint'] {
    return this.client.newEndpoint({
      url: `grpcs://${endpoint}`,
      pem: tlsCaPem,
      'ssl-target-name-override': serverName,
    });
  }

  close(): void {
    this.#gateway.disconnect();
    this.client.close();
  }
}
