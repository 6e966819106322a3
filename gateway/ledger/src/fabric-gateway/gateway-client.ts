import type { Gateway } from '@hyperledger/fabric-gateway';
import type { Endorsed, FabricClient, Proposed, Way } from '../fabric/client.js';
import type { FabricOptions } from '../fabric/options.js';
import { readText } from '../fabric/parse/text.js';
import type { Peers, Search } from '../fabric/peers.js';
import type { Invocation, SubmitterIdentity } from '../port.js';
import type { GatewayPeer } from './gateway-peer.js';
import { answering } from './peer-answers.js';
import { proposalOf } from './proposal.js';

/**
 * Has the peers' gateway services endorse and order: they collect endorsements from other members' peers, and send to
 * every SmartBFT ordering node, or to one Raft node.
 */
export class GatewayClient implements FabricClient<GatewayPeer> {
  readonly #peers: Peers<GatewayPeer>;
  readonly #on: Pick<FabricOptions, 'channel' | 'chaincode'>;

  constructor(peers: Peers<GatewayPeer>, on: Pick<FabricOptions, 'channel' | 'chaincode'>) {
    this.#peers = peers;
    this.#on = on;
  }

  propose(
    peer: GatewayPeer,
    invocation: Invocation,
    organisations: readonly string[] | undefined,
  ): Proposed {
    const { channel, chaincode } = this.#on;
    const { submitter } = invocation;
    const query = { ...invocation, chaincode };
    const proposal = proposalOf(peer.gateway(submitter), channel, query, organisations);
    const transactionId = proposal.getTransactionId();
    const endorse = async (deadline: number): Promise<Endorsed> => {
      const transaction = await answering(() => proposal.endorse({ deadline }));
      const bytes = transaction.getBytes();
      const result = readText(transaction.getResult());
      const envelope = { bytes };
      const ways = (search: Search) => this.#ways(envelope, submitter, search);
      return { transactionId, peer, size: bytes.length, result, ways };
    };
    return { transactionId, endorse };
  }

  close(): void {
    // the peers hold every connection
  }

  async *#ways(
    envelope: { bytes: Uint8Array },
    submitter: SubmitterIdentity,
    search: Search,
  ): AsyncGenerator<Way, void> {
    const send = async (gateway: Gateway, deadline: number) => {
      const transaction = gateway.newTransaction(envelope.bytes);
      try {
        await answering(() => transaction.submit({ deadline }));
      } finally {
        // with its signature now: what is sent again is the same envelope
        envelope.bytes = transaction.getBytes();
      }
    };
    for await (const peer of this.#peers.search(search)) {
      const gateway = peer.gateway(submitter);
      yield { send: (deadline) => send(gateway, deadline), failed: () => peer.failed() };
    }
  }
}
