import fabric from 'fabric-contract-api';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { answer, therapyForReader } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({
  title: 'care',
  description:
    'The bedside: identity, the interlock before a dose, what was given, what became of it',
})
export class CareContract extends contractOf('care') {
  /** A dose with its authorisation and what was given. */
  @Transaction(false)
  @Returns('string')
  async ReadDose(context: LedgerContext, coi: string, dose: string): Promise<string> {
    await therapyForReader(context, coi);
    return answer(await context.reader.get('dose', { coi, id: dose }), 'dose', dose);
  }
}
