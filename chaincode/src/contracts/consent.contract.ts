import fabric from 'fabric-contract-api';
import { LedgerContext } from './ledger-context.js';
import { LedgerContract } from './ledger-contract.js';
import { answer, requirePatientReader } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({ title: 'consent', description: 'What the patient agreed to, purpose by purpose' })
export class ConsentContract extends LedgerContract {
  constructor() {
    super('consent');
  }

  @Transaction()
  @Returns('string')
  RequestConsent(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('consent:RequestConsent', jws);
  }

  @Transaction()
  @Returns('string')
  GiveConsent(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('consent:GiveConsent', jws);
  }

  @Transaction()
  @Returns('string')
  RefuseConsent(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('consent:RefuseConsent', jws);
  }

  @Transaction()
  @Returns('string')
  WithdrawConsent(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('consent:WithdrawConsent', jws);
  }

  /** Every decision of a patient, of every purpose. */
  @Transaction(false)
  @Returns('string')
  async List(context: LedgerContext, patient: string): Promise<string> {
    await requirePatientReader(context, patient);
    return answer(await context.reader.range('consent', { patient }), 'patient', patient);
  }
}
