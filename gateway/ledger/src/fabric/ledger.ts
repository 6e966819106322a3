import { VALIDATION, type LedgerBlock, type LedgerTransaction } from '@veinledger/chaincode/replay';
import { AcceptedWork } from '../accepted-work.js';
import {
  LedgerError,
  type ChainVerification,
  type Commit,
  type CommitStatus,
  type Invocation,
  type Ledger,
  type SubmitOptions,
  type VerifyOptions,
} from '../port.js';
import { readAhead } from './block-stream.js';
import { walkChain } from './chain-walk.js';
import type { Channel } from './channel.js';
import { evaluateInvocation } from './evaluate.js';
import { followBlocks } from './follow.js';
import { findTransaction } from './find-transaction.js';
import { readBlock, type RawBlock } from './parse/block.js';
import { submitInvocation } from './submit.js';

/** A consortium's ledger, asked through the members' peers. */
export class FabricLedger implements Ledger {
  readonly name: string;
  readonly #channel: Channel;
  readonly #work = new AcceptedWork();
  readonly #closing = new AbortController();

  constructor(name: string, channel: Channel) {
    this.name = name;
    this.#channel = channel;
  }

  submit(invocation: Invocation, options: SubmitOptions = {}): Promise<Commit> {
    return this.#work.do(() => submitInvocation(this.#channel, invocation, options));
  }

  evaluate(invocation: Invocation): Promise<string> {
    return this.#work.do(() => evaluateInvocation(this.#channel, invocation));
  }

  async status(transactionId: string): Promise<CommitStatus> {
    const transaction = await this.transaction(transactionId);
    if (transaction === undefined) return { state: 'unknown' };
    const { block, validationCode } = transaction;
    if (validationCode === VALIDATION.VALID) return { state: 'valid', block };
    return { state: 'invalid', block, validationCode };
  }

  transaction(transactionId: string): Promise<LedgerTransaction | undefined> {
    return this.#work.do(() => findTransaction(this.#channel, transactionId));
  }

  height(): Promise<number> {
    return this.#work.do(async () => (await this.#channel.chain.info()).height);
  }

  blocks(first = 0): AsyncIterable<LedgerBlock> {
    const height = this.height();
    height.catch(() => undefined);
    return this.#blocks(first, height);
  }

  async *follow(first: number, signal: AbortSignal): AsyncGenerator<LedgerBlock, void> {
    const ended = AbortSignal.any([signal, this.#closing.signal]);
    for await (const block of followBlocks(this.#channel, first, ended)) {
      yield this.#readFollowed(block);
    }
    if (!signal.aborted) throw new LedgerError('unavailable', 'the ledger is closed');
  }

  verify(options: VerifyOptions = {}): Promise<ChainVerification> {
    return this.#work.do(() => walkChain(this.#channel.chain, options));
  }

  close(): Promise<void> {
    this.#closing.abort();
    return this.#work.close(async () => {
      this.#channel.peers.close();
      await this.#channel.client.close();
    });
  }

  #readFollowed(block: RawBlock): LedgerBlock {
    try {
      return readBlock(block, this.#channel.chaincode);
    } catch (cause) {
      throw new LedgerError('unavailable', String(cause), { cause });
    }
  }

  async *#blocks(first: number, height: Promise<number>): AsyncGenerator<LedgerBlock, void> {
    const { chaincode, chain } = this.#channel;
    const open = { block: (number: number) => this.#work.do(() => chain.block(number)) };
    for await (const block of readAhead(open, first, await height)) {
      yield readBlock(block, chaincode);
    }
  }
}
