import { setTimeout as delay } from 'node:timers/promises';
import {
  Server,
  ServerCredentials,
  status,
  type handleBidiStreamingCall,
  type handleUnaryCall,
} from '@grpc/grpc-js';
import { common, gateway, orderer, peer } from '@hyperledger/fabric-protos';
import { statusOf, type Fault } from './fault.fixture.js';
import type { FabricPeer } from '../fabric/options.js';
import { readProposal, type ReadProposal } from './proposal.fixture.js';
import { selfSigned } from './tls.fixture.js';

/** What all peers of a channel share. */
export interface SharedChannel {
  readonly blocks: readonly Uint8Array[];
  readonly peers: readonly FakePeer[];
  readonly contract: (input: readonly string[], height: number) => string;
  endorse(proposal: ReadProposal, response: string): Uint8Array;
  order(transactionId: string, envelope: Uint8Array): void;
  find(
    blocks: readonly Uint8Array[],
    transactionId: string,
  ): { block: number; code: 0 | 11 } | undefined;
  query(blocks: readonly Uint8Array[], input: readonly string[]): Uint8Array;
}

type Call = 'evaluate' | 'endorse' | 'submit' | 'commitStatus' | 'deliver';
/** a call, or an endorsement for another peer's gateway */
type Served = Call | 'endorsement';

const refusal = (message: string, code = status.UNKNOWN): Fault => ({
  code,
  message,
  details: { Some: message },
});

/** A peer's gateway service over a fake network: it answers faults first, then what the network says. */
export class FakePeer {
  readonly calls: Served[] = [];
  readonly faults: Record<Call, Fault[]> = {
    evaluate: [],
    endorse: [],
    submit: [],
    commitStatus: [],
    deliver: [],
  };
  /** blocks that it has not committed yet */
  behind = 0;
  /** whether its chaincode process is down */
  chaincodeDown = false;
  /** runs transactions on a state, or by a code, of its own; the channel's when left out */
  contract: SharedChannel['contract'] | undefined;
  readonly #network: SharedChannel;
  readonly #server = new Server();
  readonly #streams = new Set<() => void>();
  #stopped = false;

  private constructor(
    network: SharedChannel,
    readonly mspId: string,
  ) {
    this.#network = network;
  }

  static async start(
    network: SharedChannel,
    mspId: string,
  ): Promise<{ peer: FakePeer; address: FabricPeer }> {
    const serverName = `peer0.${mspId.toLowerCase()}.example`;
    const tls = await selfSigned(serverName);
    const fake = new FakePeer(network, mspId);
    fake.#server.addService(gateway.GatewayService, {
      evaluate: fake.#answer('evaluate', (request: gateway.EvaluateRequest) =>
        fake.#evaluate(request),
      ),
      endorse: fake.#answer('endorse', (request: gateway.EndorseRequest) => fake.#endorse(request)),
      submit: fake.#answer('submit', (request: gateway.SubmitRequest) => fake.#submit(request)),
      commitStatus: fake.#answer('commitStatus', (request: gateway.SignedCommitStatusRequest) =>
        fake.#commitStatus(request),
      ),
      chaincodeEvents: () => undefined,
    });
    fake.#server.addService(peer.DeliverService, {
      deliver: fake.#deliver,
      deliverFiltered: () => undefined,
      deliverWithPrivateData: () => undefined,
    });
    const keys = {
      private_key: Buffer.from(tls.privateKey),
      cert_chain: Buffer.from(tls.certificate),
    };
    const port = await new Promise<number>((resolve, reject) => {
      const credentials = ServerCredentials.createSsl(null, [keys]);
      fake.#server.bindAsync('127.0.0.1:0', credentials, (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    const endpoint = `127.0.0.1:${port}`;
    return { peer: fake, address: { mspId, endpoint, tlsCaPem: tls.certificate, serverName } };
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Dies, as of `kill -9`. */
  stop(): void {
    this.#stopped = true;
    this.dropStreams();
    this.#server.forceShutdown();
  }

  #answer<Request, Response>(
    call: Call,
    work: (request: Request) => Response | Promise<Response>,
  ): handleUnaryCall<Request, Response> {
    return ({ request }, callback) => {
      this.calls.push(call);
      const fault = this.faults[call].shift();
      const answered = Promise.resolve(request).then((asked) => {
        if (fault?.delivered === true) void work(asked);
        if (fault !== undefined) throw new Faulty(fault);
        return work(asked);
      });
      answered.then(
        (response) => callback(null, response),
        (error: unknown) =>
          callback(statusOf(error instanceof Faulty ? error.fault : refusal(String(error)))),
      );
    };
  }

  get #visible(): readonly Uint8Array[] {
    const { blocks } = this.#network;
    return blocks.slice(0, Math.max(blocks.length - this.behind, 0));
  }

  /** Delivers blocks from where it is asked to, until the caller goes or {@link dropStreams}. */
  readonly #deliver: handleBidiStreamingCall<common.Envelope, peer.DeliverResponse> = (call) => {
    call.on('error', () => undefined);
    call.on('data', (envelope: common.Envelope) => {
      this.calls.push('deliver');
      const fault = this.faults.deliver.shift();
      if (fault !== undefined) {
        call.emit('error', statusOf(fault));
        return;
      }
      let next = startOf(envelope);
      const more = setInterval(() => {
        for (; next < this.#visible.length; next += 1) {
          const response = new peer.DeliverResponse();
          const bytes = this.#visible[next] ?? new Uint8Array();
          response.setBlock(common.Block.deserializeBinary(bytes));
          call.write(response);
        }
      }, 5);
      const stop = () => {
        clearInterval(more);
        this.#streams.delete(drop);
      };
      const drop = () => {
        stop();
        call.end();
      };
      this.#streams.add(drop);
      call.once('cancelled', stop);
      call.once('close', stop);
    });
  };

  /** Ends every stream of blocks, as a peer does that is restarted. */
  dropStreams(): void {
    for (const drop of [...this.#streams]) drop();
  }

  #evaluate(request: gateway.EvaluateRequest): gateway.EvaluateResponse {
    const { chaincode, input } = readProposal(request.getProposedTransaction());
    const answer = new peer.Response();
    answer.setStatus(200);
    answer.setPayload(
      chaincode === 'qscc' ? this.#network.query(this.#visible, input) : this.#run(input),
    );
    const response = new gateway.EvaluateResponse();
    response.setResult(answer);
    return response;
  }

  #endorse(request: gateway.EndorseRequest): gateway.EndorseResponse {
    const proposal = readProposal(request.getProposedTransaction());
    const named = request.getEndorsingOrganizationsList();
    const response =
      named.length > 0
        ? this.#collect(named, proposal.input)
        : this.#run(proposal.input, status.ABORTED).toString();
    const envelope = this.#network.endorse(proposal, response);
    const result = new gateway.EndorseResponse();
    result.setPreparedTransaction(common.Envelope.deserializeBinary(envelope));
    return result;
  }

  /** What all named members' peers endorse; a fault that names those who did not, or not what the first did. */
  #collect(named: readonly string[], input: readonly string[]): string {
    const details: Record<string, string> = {};
    const results: string[] = [];
    for (const mspId of named) {
      const member = this.#network.peers.find((each) => each.mspId === mspId);
      const answer = member?.endorses(input) ?? { failed: 'no such peer' };
      if ('failed' in answer) details[mspId] = answer.failed;
      else if (results.some((result) => result !== answer.result)) {
        details[mspId] = 'ProposalResponsePayloads do not match';
      } else results.push(answer.result);
    }
    const [result] = results;
    if (result !== undefined && Object.keys(details).length === 0) return result;
    const message = 'failed to collect enough transaction endorsements, see attached details';
    throw new Faulty({ code: status.ABORTED, message, details });
  }

  /** What this peer endorses when another member's peer asks it. */
  endorses(input: readonly string[]): { readonly result: string } | { readonly failed: string } {
    if (this.#stopped) return { failed: 'connection refused' };
    if (this.chaincodeDown) return { failed: 'could not launch chaincode: connection refused' };
    this.calls.push('endorsement');
    try {
      const contract = this.contract ?? this.#network.contract;
      return { result: contract(input, this.#visible.length) };
    } catch (error) {
      return { failed: `chaincode response 500, ${(error as Error).message}` };
    }
  }

  #run(input: readonly string[], code = status.UNKNOWN): Buffer {
    try {
      return Buffer.from(this.#network.contract(input, this.#visible.length));
    } catch (error) {
      const message = `chaincode response 500, ${(error as Error).message}`;
      throw new Faulty({
        code,
        message: 'failed, see attached details',
        details: { [this.mspId]: message },
      });
    }
  }

  #submit(request: gateway.SubmitRequest): gateway.SubmitResponse {
    const envelope = request.getPreparedTransaction();
    if (envelope !== undefined)
      this.#network.order(request.getTransactionId(), envelope.serializeBinary());
    return new gateway.SubmitResponse();
  }

  async #commitStatus(
    request: gateway.SignedCommitStatusRequest,
  ): Promise<gateway.CommitStatusResponse> {
    const asked = gateway.CommitStatusRequest.deserializeBinary(request.getRequest_asU8());
    for (let tries = 0; tries < 4_000 && !this.#stopped; tries += 1) {
      const found = this.#network.find(this.#visible, asked.getTransactionId());
      if (found !== undefined) {
        const response = new gateway.CommitStatusResponse();
        response.setBlockNumber(found.block);
        response.setResult(found.code);
        return response;
      }
      await delay(5);
    }
    throw new Faulty(refusal('gave up', status.DEADLINE_EXCEEDED));
  }
}

/** The first block that a request for blocks asks for. */
function startOf(envelope: common.Envelope): number {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const seek = orderer.SeekInfo.deserializeBinary(payload.getData_asU8());
  return seek.getStart()?.getSpecified()?.getNumber() ?? 0;
}

class Faulty extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}
