import fabric from 'fabric-contract-api';
import { LedgerContext } from './ledger-context.js';
import { LedgerContract } from './ledger-contract.js';
import { answer, therapyForReader } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({
  title: 'care',
  description:
    'The bedside: identity, the interlock before a dose, what was given, what became of it',
})
export class CareContract extends LedgerContract {
  constructor() {
    super('care');
  }

  @Transaction()
  @Returns('string')
  VerifyBedside(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('care:VerifyBedside', jws);
  }

  @Transaction()
  @Returns('string')
  AuthoriseDose(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('care:AuthoriseDose', jws);
  }

  @Transaction()
  @Returns('string')
  RecordAdministration(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('care:RecordAdministration', jws);
  }

  @Transaction()
  @Returns('string')
  RecordOutcome(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('care:RecordOutcome', jws);
  }

  /** A dose with its authorisation and what was given. */
  @Transaction(false)
  @Returns('string')
  async ReadDose(context: LedgerContext, coi: string, dose: string): Promise<string> {
    await therapyForReader(context, coi);
    return answer(await context.reader.get('dose', { coi, id: dose }), 'dose', dose);
  }
}
