import fabric from 'fabric-contract-api';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { answer, therapyForReader } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({
  title: 'therapy',
  description: "One patient's course of one product, under its chain of identity",
})
export class TherapyContract extends contractOf('therapy') {
  /** A therapy: its patient's pseudonym, its pinned process, its parties. */
  @Transaction(false)
  @Returns('string')
  async Read(context: LedgerContext, coi: string): Promise<string> {
    return answer(await therapyForReader(context, coi), 'coi', coi);
  }
}
