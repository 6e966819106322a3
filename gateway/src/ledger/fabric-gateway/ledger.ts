import { VALIDATION, type LedgerBlock, type LedgerTransaction } from '@veinledger/chaincode/replay';
import {
  LedgerError,
  type ChainVerification,
  type Commit,
  type CommitStatus,
  type Invocation,
  type Ledger,
  type SubmitOptions,
} from '../port.js';
import { readAhead } from './block-stream.js';
import { walkChain } from './chain-walk.js';
import { Channel } from './channel.js';
import { evaluateInvocation } from './evaluate.js';
import { findTransaction } from './find-transaction.js';
import type { FabricGatewayOptions } from './options.js';
import { readBlock } from './parse/block.js';
import { submitInvocation } from './submit.js';

/**
 * Opens a channel of a Hyperledger Fabric network through its peers' gateway services. Connections are made
 * when they are first needed, so that opening succeeds while peers are still starting.
 * Throws a {@link LedgerError} of kind `unavailable` when no peer is given.
 */
export function openFabricGateway(options: FabricGatewayOptions): Ledger {
  if (options.peers.length === 0) {
    throw new LedgerError('unavailable', 'peers: expected at least one, found none');
  }
  return new FabricGatewayLedger(options);
}

/** A consortium's ledger, asked through the members' peers. */
class FabricGatewayLedger implements Ledger {
  readonly name: string;
  readonly #channel: Channel;
  readonly #accepted = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  constructor(options: FabricGatewayOptions) {
    this.name = options.name ?? 'fabric';
    this.#channel = new Channel(options);
  }

  submit(invocation: Invocation, options: SubmitOptions = {}): Promise<Commit> {
    return this.#accept(() => submitInvocation(this.#channel, invocation, options));
  }

  evaluate(invocation: Invocation): Promise<string> {
    return this.#accept(() => evaluateInvocation(this.#channel, invocation));
  }

  async status(transactionId: string): Promise<CommitStatus> {
    const transaction = await this.transaction(transactionId);
    if (transaction === undefined) return { state: 'unknown' };
    const { block, validationCode } = transaction;
    if (validationCode === VALIDATION.VALID) return { state: 'valid', block };
    return { state: 'invalid', block, validationCode };
  }

  transaction(transactionId: string): Promise<LedgerTransaction | undefined> {
    return this.#accept(() => findTransaction(this.#channel, transactionId));
  }

  height(): Promise<number> {
    return this.#accept(async () => (await this.#channel.chain.info()).height);
  }

  blocks(first = 0): AsyncIterable<LedgerBlock> {
    const height = this.height();
    height.catch(() => undefined);
    return this.#blocks(first, height);
  }

  verify(): Promise<ChainVerification> {
    return this.#accept(() => walkChain(this.#channel.chain));
  }

  close(): Promise<void> {
    this.#closed ??= Promise.allSettled(this.#accepted).then(() => this.#channel.peers.close());
    return this.#closed;
  }

  async *#blocks(first: number, height: Promise<number>): AsyncGenerator<LedgerBlock, void> {
    const { chaincode, chain } = this.#channel;
    const open = { block: (number: number) => this.#accept(() => chain.block(number)) };
    for await (const block of readAhead(open, first, await height)) {
      yield readBlock(block, chaincode);
    }
  }

  async #accept<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#closed !== undefined) throw new LedgerError('unavailable', 'the ledger is closed');
    const accepted = work();
    this.#accepted.add(accepted);
    try {
      return await accepted;
    } catch (cause) {
      if (cause instanceof LedgerError) throw cause;
      throw new LedgerError('unavailable', `the ledger failed: ${String(cause)}`, { cause });
    } finally {
      this.#accepted.delete(accepted);
    }
  }
}
