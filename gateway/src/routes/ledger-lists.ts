import { instant, organisationId } from '@veinledger/domain';
import { z } from 'zod';
import type { Ledger } from '@veinledger/ledger';
import { type CallerReader, notEntitled } from '../reads/caller-reader.js';
import type { CursorSeal } from '../reads/cursor-seal.js';
import {
  blockList,
  type BlockSummary,
  transactionList,
  type TransactionSummary,
} from '../reads/ledger-lists.js';
import { listOperation } from './list-operation.js';
import type { ActorOperation } from '../operation/operation.js';

const blockNumber = z.int().min(0);
const hash = z.string().regex(/^([0-9a-f]{64})?$/);

const blockSummary = z.strictObject({
  number: blockNumber,
  previousHash: hash,
  dataHash: hash,
  transactions: z.int().min(0),
}) satisfies z.ZodType<BlockSummary>;

const transactionSummary = z.strictObject({
  block: blockNumber,
  index: z.int().min(0),
  transactionId: z.string(),
  transactionTime: instant,
  type: z.string(),
  organisation: organisationId,
  valid: z.boolean(),
}) satisfies z.ZodType<TransactionSummary>;

const FILTERS = {
  fromBlock: { description: 'From this block on', schema: blockNumber },
};

/** The chain of blocks and what they carry, page by page. */
export function ledgerLists(
  ledger: Pick<Ledger, 'blocks'>,
  reader: Pick<CallerReader, 'requireMember'>,
  cursors: CursorSeal,
): readonly ActorOperation[] {
  const common = { tag: 'ledger', parameters: {}, filters: FILTERS } as const;
  return [
    listOperation(cursors, {
      ...common,
      path: '/v1/ledger/blocks',
      id: 'listBlocks',
      summary: 'The blocks with their hashes, for comparing members’ ledgers',
      item: blockSummary,
      list: (_, { fromBlock = 0 }) => blockList(ledger, fromBlock),
    }),
    listOperation(cursors, {
      ...common,
      path: '/v1/ledger/transactions',
      id: 'listTransactions',
      summary: 'Every transaction in the order of commitment, for auditors',
      item: transactionSummary,
      list: async ({ caller }, { fromBlock = 0 }) => {
        if (!caller.roles.includes('auditor')) {
          throw notEntitled('every transaction of the ledger is for auditors', 'caller');
        }
        await reader.requireMember(caller);
        return transactionList(ledger, fromBlock);
      },
    }),
  ];
}
