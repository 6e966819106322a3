import fabric from 'fabric-contract-api';
import { canonicalise } from '@veinledger/domain';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { readPageOf } from './paging.js';
import { requireMember } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({ title: 'process', description: 'How a product is made, as the consortium agreed' })
export class ProcessContract extends contractOf('process') {
  /** One page of the published process definitions, by id and version, and the bookmark of the next. */
  @Transaction(false)
  @Returns('string')
  async Page(context: LedgerContext, pageSize: string, bookmark: string): Promise<string> {
    await requireMember(context);
    return canonicalise(await readPageOf(context, 'process', { pageSize, bookmark }));
  }
}
