import type { LedgerTransaction } from '@veinledger/chaincode/replay';
import { LedgerError, type Invocation } from '../port.js';
import type { EmbeddedLedgerOptions } from './options.js';
import { PeerHandler } from './peer-handler.js';
import { createProposal } from './proposal.js';
import { Refusal } from './refusal.js';
import {
  ChaincodeStub,
  chaincodeFromContracts,
  type Chaincode,
  type ChaincodeResponse,
  type Stub,
} from './shim.js';
import { Simulation } from './simulation.js';
import type { Store } from './store.js';
import { SubmitterCheck } from './submitter.js';
import { decodeText } from './text.js';

/** A transaction that ran and that no block holds yet. */
export type EndorsedTransaction = Omit<LedgerTransaction, 'block' | 'index' | 'validationCode'>;

/** Fabric's threshold: a response from this status on is an error and is not endorsed. */
const ERROR_THRESHOLD = 400;

/** The proposal's signature, for a contract that looks at it: signing takes longer than most decisions. */
function signWhenAsked(stub: Stub, sign: () => Uint8Array): void {
  let signature: Uint8Array | undefined;
  const get = () => (signature ??= sign());
  Object.defineProperty(stub.getSignedProposal(), 'signature', { enumerable: true, get });
}

/** Runs invocations against the committed state, as an endorsing peer and its chaincode do together. */
export class Endorser {
  readonly #store: Store;
  readonly #chaincode: Chaincode;
  readonly #submitters: SubmitterCheck;
  readonly #transactionTime: () => number;
  readonly #channel: string;
  readonly #organisation: string;

  constructor(store: Store, options: EmbeddedLedgerOptions) {
    const clock = options.clock ?? Date.now;
    this.#store = store;
    this.#chaincode = chaincodeFromContracts(options.contracts);
    this.#submitters = new SubmitterCheck(options.certificateAuthorities, clock);
    this.#transactionTime = options.transactionTime ?? clock;
    this.#channel = options.channel;
    this.#organisation = options.organisation;
  }

  /**
   * Runs an invocation as a new transaction; nothing is written.
   * Throws a {@link LedgerError}: `contract` when the contract or the submitter check refuses, `unavailable`
   * when the ledger's own files fail.
   */
  async endorse(invocation: Invocation): Promise<EndorsedTransaction> {
    const { submitter } = invocation;
    const privateKey = this.#submitters.check(submitter);
    const time = Math.trunc(this.#transactionTime());
    const proposal = createProposal(invocation, privateKey, this.#channel, time);
    const { transactionId, input, signedProposal } = proposal;

    const simulation = new Simulation(this.#store, transactionId);
    const handler = new PeerHandler(simulation, this.#channel, transactionId);
    const stub = new ChaincodeStub(handler, this.#channel, transactionId, input, signedProposal);
    signWhenAsked(stub, () => proposal.sign());
    // fabric-shim reads it from the environment of a chaincode process that belongs to one organisation
    stub.getMspID = () => this.#organisation;
    const response = await this.#run(stub);
    const readWriteSet = await simulation.finish();

    if (handler.failure instanceof LedgerError) throw handler.failure;
    if (handler.failure !== undefined) {
      const message = `the ledger's files could not be read: ${handler.failure.message}`;
      throw new LedgerError('unavailable', message, { transactionId, cause: handler.failure });
    }
    if (response.status >= ERROR_THRESHOLD) {
      throw new LedgerError('contract', response.message ?? '', { transactionId });
    }
    const [invokedFunction = '', ...args] = stub.getStringArgs();
    return {
      transactionId,
      timestamp: new Date(time).toISOString(),
      creator: { mspId: submitter.mspId, certificate: submitter.certificate },
      function: invokedFunction,
      args,
      ...this.#answer(transactionId, stub, response.payload),
      endorsers: [this.#organisation],
      ...readWriteSet,
    };
  }

  /** The contract API answers what a contract throws, unless it throws something without a message. */
  async #run(stub: Stub): Promise<ChaincodeResponse> {
    try {
      return await this.#chaincode.Invoke(stub);
    } catch (error) {
      return { status: 500, message: String(error) };
    }
  }

  #answer(transactionId: string, stub: Stub, payload: Uint8Array = Buffer.alloc(0)) {
    try {
      const response = decodeText('response', payload);
      const event = stub.chaincodeEvent;
      if (event === undefined) return { response };
      const name = event.getEventName();
      return {
        response,
        event: { name, payload: decodeText(`event ${name}`, event.getPayload_asU8()) },
      };
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      throw new LedgerError('contract', cause.message, { transactionId, cause });
    }
  }
}
