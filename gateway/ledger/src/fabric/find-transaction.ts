import type { LedgerTransaction } from '@veinledger/chaincode/replay';
import type { Channel } from './channel.js';
import { readBlock } from './parse/block.js';

/** A transaction of the channel's chaincode by its id, valid or not; undefined when no block holds it. */
export async function findTransaction(
  { chain, chaincode }: Channel,
  transactionId: string,
): Promise<LedgerTransaction | undefined> {
  const block = await chain.blockOf(transactionId);
  if (block === undefined) return undefined;
  const { transactions } = readBlock(block, chaincode);
  return transactions.find((transaction) => transaction.transactionId === transactionId);
}
