import fabric from 'fabric-contract-api';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { answer, therapyForReader } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({ title: 'custody', description: 'Who held what, when, and in which condition' })
export class CustodyContract extends contractOf('custody') {
  /** An item with its lineage, holder and blockers. */
  @Transaction(false)
  @Returns('string')
  async ReadItem(context: LedgerContext, coi: string, item: string): Promise<string> {
    await therapyForReader(context, coi);
    return answer(await context.reader.get('item', { coi, id: item }), 'item', item);
  }
}
