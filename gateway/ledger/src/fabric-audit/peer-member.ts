import { Client, credentials, status, type ServiceError } from '@grpc/grpc-js';
import { connect, hash, type Gateway } from '@hyperledger/fabric-gateway';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { z } from 'zod';
import { readRawBlock, type RawBlock } from '../fabric/parse/block.js';
import { readText } from '../fabric/parse/text.js';
import { lowSSigner } from '../fabric/x509-signer.js';
import { LedgerError, type SubmitterIdentity } from '../port.js';
import type { AuditedMember } from './member.js';

/** How many blocks are asked for before the first of them is used. */
const AHEAD = 8;
const PAGE = '500';
const DEADLINE = 15_000;
const MAX_MESSAGE_BYTES = 100 * 1024 * 1024;
const OK = 200;
const PROCESS_PROPOSAL = '/protos.Endorser/ProcessProposal';
const SILENT = new Set([status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED]);

const page = z.strictObject({
  entries: z.array(z.tuple([z.string(), z.string()])),
  bookmark: z.string(),
});

/** A member's peer, and in whose name it is asked. */
export interface PeerMemberOptions {
  readonly name: string;
  /** `host:port` */
  readonly endpoint: string;
  /** the name in the peer's TLS certificate; the host of the endpoint when left out */
  readonly serverName?: string;
  /** the authorities that the peer's TLS certificate may descend from, PEM */
  readonly tlsCaPem: string;
  readonly channel: string;
  readonly chaincode: string;
  /** an auditor */
  readonly reader: SubmitterIdentity;
}

/**
 * A member, asked at its own peer: never through another peer's gateway, which could send a question on to whom it
 * likes. Blocks come from the peer's system chaincode `qscc`, states from veinledger's contract.
 */
export class PeerMember implements AuditedMember {
  readonly name: string;
  readonly #options: PeerMemberOptions;
  readonly #client: Client;
  readonly #gateway: Gateway;
  readonly #sign: ReturnType<typeof lowSSigner>;
  readonly #ahead = new Map<number, Promise<RawBlock>>();
  #height = 0;

  constructor(options: PeerMemberOptions) {
    const { endpoint, serverName, tlsCaPem, reader } = options;
    this.name = options.name;
    this.#options = options;
    this.#client = new Client(endpoint, credentials.createSsl(Buffer.from(tlsCaPem)), {
      ...(serverName === undefined
        ? {}
        : { 'grpc.ssl_target_name_override': serverName, 'grpc.default_authority': serverName }),
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    });
    this.#sign = lowSSigner(reader.privateKey);
    this.#gateway = connect({
      client: this.#client,
      identity: { mspId: reader.mspId, credentials: Buffer.from(reader.certificate) },
      hash: hash.none,
    });
  }

  async height(): Promise<number> {
    const bytes = await this.#ask('qscc', 'GetChainInfo', this.#options.channel);
    this.#height = common.BlockchainInfo.deserializeBinary(bytes).getHeight();
    return this.#height;
  }

  block(number: number): Promise<RawBlock> {
    for (let next = number; next <= number + AHEAD && next < this.#height; next += 1) {
      if (!this.#ahead.has(next)) this.#ahead.set(next, this.#fetch(next));
    }
    const asked = this.#ahead.get(number) ?? this.#fetch(number);
    this.#ahead.delete(number);
    return asked;
  }

  async *state(objectType: string): AsyncGenerator<readonly [string, string], void> {
    const { chaincode } = this.#options;
    let bookmark = '';
    do {
      const answer = await this.#ask(chaincode, 'audit:PageState', objectType, PAGE, bookmark);
      const { entries, bookmark: next } = page.parse(JSON.parse(readText(answer)));
      yield* entries;
      bookmark = next;
    } while (bookmark !== '');
  }

  close(): void {
    this.#gateway.close();
    this.#client.close();
  }

  #fetch(number: number): Promise<RawBlock> {
    const { channel } = this.#options;
    const block = this.#ask('qscc', 'GetBlockByNumber', channel, `${number}`).then(readRawBlock);
    // whoever stops early never waits for the rest; a failure still reaches whoever does
    block.catch(() => undefined);
    return block;
  }

  /** Throws a {@link LedgerError}: `contract` for what the peer answers with an error, else `unavailable`. */
  async #ask(chaincode: string, name: string, ...args: string[]): Promise<Uint8Array> {
    const proposal = await this.#signedProposal(chaincode, name, args);
    const answer = await this.#send(proposal);
    const response = answer.getResponse();
    if (response?.getStatus() === OK) return response.getPayload_asU8();
    const what = response ? `${response.getStatus()} ${response.getMessage()}` : 'no response';
    throw new LedgerError('contract', `${this.name} answers ${name}: ${what}`);
  }

  async #signedProposal(
    chaincode: string,
    name: string,
    args: readonly string[],
  ): Promise<peer.SignedProposal> {
    const contract = this.#gateway.getNetwork(this.#options.channel).getContract(chaincode);
    const unsigned = contract.newProposal(name, { arguments: [...args] });
    const signature = await this.#sign(unsigned.getDigest());
    const signed = this.#gateway.newSignedProposal(unsigned.getBytes(), signature).getBytes();
    const proposal = gateway.ProposedTransaction.deserializeBinary(signed).getProposal();
    if (proposal === undefined) throw new Error('proposal: expected one, found none');
    return proposal;
  }

  /** A peer that refuses the reader answers too: with an error of gRPC. */
  #failure(cause: ServiceError | null): LedgerError {
    const silent = cause === null || SILENT.has(cause.code);
    const message = `${this.name} at ${this.#options.endpoint}: ${cause?.details ?? 'no answer'}`;
    return new LedgerError(silent ? 'unavailable' : 'contract', message, { cause });
  }

  #send(proposal: peer.SignedProposal): Promise<peer.ProposalResponse> {
    return new Promise((resolve, reject) => {
      const deadline = Date.now() + DEADLINE;
      this.#client.makeUnaryRequest(
        PROCESS_PROPOSAL,
        (message: peer.SignedProposal) => Buffer.from(message.serializeBinary()),
        (bytes) => peer.ProposalResponse.deserializeBinary(bytes),
        proposal,
        { deadline },
        (error, answer) => {
          if (answer !== undefined && error === null) resolve(answer);
          else reject(this.#failure(error));
        },
      );
    });
  }
}
