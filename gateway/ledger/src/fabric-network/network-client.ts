import type { Commit, Endorsement, EndorsementResponse, IdentityContext } from 'fabric-common';
import type { Endorsed, FabricClient, Proposed, Way } from '../fabric/client.js';
import { DIFFERS } from '../fabric/failure.js';
import { readText } from '../fabric/parse/text.js';
import { PeerError } from '../fabric/peer-error.js';
import type { Peers, Search } from '../fabric/peers.js';
import type { Invocation } from '../port.js';
import { type Answer, answering, answersOf, requireAll } from './answers.js';
import type { Connection } from './connection.js';
import { Discovery } from './discovery.js';
import { type NetworkPeer, requestOf } from './network-peer.js';
import { Orderers } from './orderers.js';

/** At most, of an ECDSA signature on P-256 with what wraps it. */
const SIGNATURE_BYTES = 74;

/** Asks each endorser itself, compares what they endorsed, and sends to one ordering node. */
export class NetworkClient implements FabricClient<NetworkPeer> {
  readonly #connection: Connection;
  readonly #peers: Peers<NetworkPeer>;
  readonly #discovery: Discovery;
  readonly #orderers: Orderers;

  constructor(connection: Connection, peers: Peers<NetworkPeer>) {
    this.#connection = connection;
    this.#peers = peers;
    this.#discovery = new Discovery(
      connection,
      peers.all.map(({ endorser }) => endorser),
    );
    this.#orderers = new Orderers(connection, this.#discovery);
  }

  async propose(
    peer: NetworkPeer,
    invocation: Invocation,
    organisations: readonly string[] | undefined,
  ): Promise<Proposed> {
    const { channel, chaincode } = this.#connection;
    const context = await this.#connection.context(invocation.submitter);
    const endorsement = channel.newEndorsement(chaincode);
    endorsement.build(context, requestOf(invocation));
    endorsement.sign(context);
    const endorse = async (deadline: number): Promise<Endorsed> => {
      const answers =
        organisations === undefined
          ? await this.#endorseAnywhere(peer, endorsement, deadline)
          : await this.#endorseAt(this.#endorsersOf(organisations, peer), endorsement, deadline);
      const result = agreed(answers, requireAll(answers));
      return this.#endorsed(peer, endorsement, context, result);
    };
    return { transactionId: endorsement.getTransactionId(), endorse };
  }

  close(): void {
    this.#connection.close();
  }

  async #endorseAt(
    at: readonly NetworkPeer[],
    endorsement: Endorsement,
    deadline: number,
  ): Promise<readonly Answer[]> {
    await Promise.all(at.map((peer) => peer.connects()));
    const targets = at.map(({ endorser }) => endorser);
    const requestTimeout = Math.max(deadline - Date.now(), 1);
    const collected = await endorsement.send({ targets, requestTimeout });
    return answersOf(collected, (name) => this.#mspIdOf(name));
  }

  /** Where the discovery service says that endorsements are to be had. */
  async #endorseAnywhere(
    { endorser }: NetworkPeer,
    endorsement: Endorsement,
    deadline: number,
  ): Promise<readonly Answer[]> {
    const handler = (await this.#discovery.service()).newHandler();
    const requestTimeout = Math.max(deadline - Date.now(), 1);
    return answering(endorser, async () => {
      const { errors, responses } = await endorsement.send({ handler, requestTimeout });
      const [error] = errors;
      if (error !== undefined) throw failureOf(error);
      return answersOf({ errors, responses }, (name) => this.#mspIdOf(name));
    });
  }

  #endorsed(
    peer: NetworkPeer,
    endorsement: Endorsement,
    context: IdentityContext,
    response: EndorsementResponse,
  ): Endorsed {
    const transactionId = endorsement.getTransactionId();
    const commit = endorsement.newCommit();
    const size = commit.build(context).length + SIGNATURE_BYTES;
    commit.sign(context);
    return {
      transactionId,
      peer,
      size,
      result: readText(response.response.payload),
      ways: (search) => this.#ways(commit, peer, transactionId, search),
    };
  }

  async *#ways(
    commit: Commit,
    peer: NetworkPeer,
    transactionId: string,
    { within }: Search,
  ): AsyncGenerator<Way, void> {
    // whoever listens only after it was sent may hear nothing; the peer's blocks are looked at then
    await peer.commits.begin(transactionId).catch(() => undefined);
    yield* this.#orderers.ways(commit, within);
  }

  /** For each organisation one of its peers: the one that is asked anyhow, else one that answers as far as is known. */
  #endorsersOf(organisations: readonly string[], asked: NetworkPeer): readonly NetworkPeer[] {
    return organisations.map((mspId) => {
      if (mspId === asked.mspId) return asked;
      const its = this.#peers.all.filter((peer) => peer.mspId === mspId);
      const found = its.find((peer) => !peer.resting) ?? its[0];
      if (found !== undefined) return found;
      throw new PeerError({ texts: [`no peer of ${mspId} is configured`], mspIds: [mspId] });
    });
  }

  #mspIdOf(name: string): string {
    const { channel } = this.#connection;
    return channel.getEndorsers().find((endorser) => endorser.name === name)?.mspid ?? name;
  }
}

/** @throws PeerError that names those whose endorsement differs from the first one */
function agreed(
  answers: readonly Answer[],
  [first, ...others]: readonly EndorsementResponse[],
): EndorsementResponse {
  if (first === undefined) throw new PeerError({ texts: ['nobody endorsed'], mspIds: [] });
  const differing = others.filter(({ payload }) => !payload.equals(first.payload));
  if (differing.length === 0) return first;
  const mspIds = answers
    .filter((answer) => 'response' in answer && differing.includes(answer.response))
    .map(({ mspId }) => mspId);
  throw new PeerError({ texts: [DIFFERS], mspIds });
}

/** What the library says when none of the policy's combinations of peers endorsed. */
function failureOf(
  error: Error & { readonly endorsements?: readonly (Error | EndorsementResponse)[] },
): PeerError {
  if (error.message.includes('do not match'))
    return new PeerError({ texts: [DIFFERS], mspIds: [] });
  const { endorsements = [] } = error;
  const texts = endorsements.map((each) =>
    each instanceof Error ? each.message : each.response.message,
  );
  return new PeerError({ texts: [...texts, error.message], mspIds: [], cause: error });
}
