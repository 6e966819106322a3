import type { LedgerBlock, LedgerTransaction } from '@veinledger/chaincode/replay';
import { sealAnnex } from '@veinledger/client/node';
import type { Ledger } from '@veinledger/ledger';

const TIME = '2026-11-22T13:07:00.000Z';
const HEX = 64;

/** A transaction by which a run was registered, with a receipt of about so many bytes. */
export function runTransaction(block: number, index: number, bytes = 0): LedgerTransaction {
  const transactionId = `${block}${index}`.padStart(HEX, '0');
  const record = {
    noun: 'record',
    scope: { kind: 'run', id: `run-${block}` },
    commandId: sealAnnex({ block, index }).digest,
    transactionId,
    transactionTime: TIME,
    type: 'manufacturing:RegisterRun',
    kind: 'fact',
    actor: 'lab.technician',
    organisation: 'LabMSP',
    at: TIME,
    lateEntry: false,
    decision: 'recorded',
    reasons: [],
    verdicts: [],
    deviations: [],
    changed: [`run run-${block}`, 'x'.repeat(bytes)],
    annex: {},
  };
  return {
    transactionId,
    block,
    index,
    timestamp: TIME,
    creator: { mspId: 'LabMSP', certificate: '' },
    function: record.type,
    args: [],
    response: JSON.stringify(record),
    endorsers: [],
    reads: [],
    rangeReads: [],
    writes: [],
    validationCode: 0,
  };
}

export function blockOf(number: number, transactions: readonly LedgerTransaction[]): LedgerBlock {
  return { number, previousHash: '', dataHash: '', transactions };
}

/** A chain of blocks that grows when a test says so. */
export class GrowingChain implements Pick<Ledger, 'height' | 'blocks' | 'follow'> {
  readonly chain: LedgerBlock[] = [];
  /** from which blocks stored ones were read */
  readonly reads: number[] = [];
  /** thrown by the next one who follows */
  failure: Error | undefined;
  #grown: () => void = () => undefined;

  constructor(blocks: number, bytes = 0) {
    for (let number = 0; number < blocks; number += 1) this.grow(bytes);
  }

  grow(bytes = 0): void {
    const number = this.chain.length;
    this.chain.push(
      blockOf(
        number,
        [0, 1].map((index) => runTransaction(number, index, bytes)),
      ),
    );
    this.#grown();
  }

  height(): Promise<number> {
    return Promise.resolve(this.chain.length);
  }

  async *blocks(first = 0): AsyncGenerator<LedgerBlock, void> {
    this.reads.push(first);
    for (const block of this.chain.slice(first)) yield await Promise.resolve(block);
  }

  async *follow(first: number, signal: AbortSignal): AsyncGenerator<LedgerBlock, void> {
    for (let next = first; !signal.aborted;) {
      const { failure } = this;
      this.failure = undefined;
      if (failure) throw failure;
      const block = this.chain[next];
      if (block) {
        next += 1;
        yield block;
      } else {
        await new Promise<void>((resolve) => {
          this.#grown = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    }
  }
}
