import fabric from 'fabric-contract-api';
import { LedgerContext } from './ledger-context.js';
import { LedgerContract } from './ledger-contract.js';
import { answer, therapyForReader } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({ title: 'custody', description: 'Who held what, when, and in which condition' })
export class CustodyContract extends LedgerContract {
  constructor() {
    super('custody');
  }

  @Transaction()
  @Returns('string')
  CollectItem(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('custody:CollectItem', jws);
  }

  @Transaction()
  @Returns('string')
  ConfirmCollection(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('custody:ConfirmCollection', jws);
  }

  @Transaction()
  @Returns('string')
  DeriveItem(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('custody:DeriveItem', jws);
  }

  @Transaction()
  @Returns('string')
  ReleaseItem(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('custody:ReleaseItem', jws);
  }

  @Transaction()
  @Returns('string')
  ReceiveItem(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('custody:ReceiveItem', jws);
  }

  @Transaction()
  @Returns('string')
  RecordReadings(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('custody:RecordReadings', jws);
  }

  @Transaction()
  @Returns('string')
  DisposeItem(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('custody:DisposeItem', jws);
  }

  /** An item with its lineage, holder and blockers. */
  @Transaction(false)
  @Returns('string')
  async ReadItem(context: LedgerContext, coi: string, item: string): Promise<string> {
    await therapyForReader(context, coi);
    return answer(await context.reader.get('item', { coi, id: item }), 'item', item);
  }
}
