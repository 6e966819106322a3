import fabric from 'fabric-contract-api';
import { weighConsents } from '@veinledger/domain/execution';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { answer, requirePatientReader } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({ title: 'consent', description: 'What the patient agreed to, purpose by purpose' })
export class ConsentContract extends contractOf('consent') {
  /** Every decision of a patient, of every purpose, with what its evaluation needs besides. */
  @Transaction(false)
  @Returns('string')
  async List(context: LedgerContext, patient: string): Promise<string> {
    await requirePatientReader(context, patient);
    return answer(await weighConsents(context.reader, patient), 'patient', patient);
  }
}
