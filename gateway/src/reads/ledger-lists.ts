import { type LedgerBlock, VALIDATION } from '@veinledger/chaincode/replay';
import type { Ledger } from '@veinledger/ledger';
import type { Listing } from './listing/listing.js';

/** A block as everybody may see it: where it stands in the chain, and how many transactions it holds. */
export interface BlockSummary {
  readonly number: number;
  readonly previousHash: string;
  readonly dataHash: string;
  readonly transactions: number;
}

/** A transaction as auditors see it, without its command. */
export interface TransactionSummary {
  readonly block: number;
  /** its place in the block, from 0 */
  readonly index: number;
  readonly transactionId: string;
  readonly transactionTime: string;
  /** the type of command that it carried */
  readonly type: string;
  /** the member whose identity submitted it */
  readonly organisation: string;
  readonly valid: boolean;
}

/** The blocks from `first` on, by number. */
export function blockList(ledger: Pick<Ledger, 'blocks'>, first: number): Listing<BlockSummary> {
  return async function* (after) {
    const start = after === undefined ? first : Number(after) + 1;
    for await (const { number, previousHash, dataHash, transactions } of ledger.blocks(start)) {
      const item = { number, previousHash, dataHash, transactions: transactions.length };
      yield { item, place: String(number) };
    }
  };
}

/** The transactions of the blocks from `first` on, in the order in which they were committed. */
export function transactionList(
  ledger: Pick<Ledger, 'blocks'>,
  first: number,
): Listing<TransactionSummary> {
  return async function* (after) {
    const [block = first, index = -1] = after?.split(' ').map(Number) ?? [];
    for await (const each of ledger.blocks(block)) {
      for (const item of summariesOf(each)) {
        if (item.block === block && item.index <= index) continue;
        yield { item, place: `${item.block} ${item.index}` };
      }
    }
  };
}

function summariesOf({ transactions }: LedgerBlock): readonly TransactionSummary[] {
  return transactions.map((transaction) => ({
    block: transaction.block,
    index: transaction.index,
    transactionId: transaction.transactionId,
    transactionTime: transaction.timestamp,
    type: transaction.function,
    organisation: transaction.creator.mspId,
    valid: transaction.validationCode === VALIDATION.VALID,
  }));
}
