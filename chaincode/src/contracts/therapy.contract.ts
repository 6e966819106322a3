import fabric from 'fabric-contract-api';
import { canonicalise, nextToldTo } from '@veinledger/domain';
import { readNext } from '@veinledger/domain/execution';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { seesDecisionsOf, therapyForReader } from './reading.js';
import { circleIn, tellAnswer, viewerOf } from './viewer.js';

const { Info, Returns, Transaction } = fabric;

@Info({
  title: 'therapy',
  description: "One patient's course of one product, under its chain of identity",
})
export class TherapyContract extends contractOf('therapy') {
  /**
   * Who must do what next in a therapy, and who of them is on call at the transaction's time. What waits for the patient is
   * told to those who may read the patient's decisions.
   */
  @Transaction(false)
  @Returns('string')
  async ReadNext(context: LedgerContext, coi: string): Promise<string> {
    const therapy = await therapyForReader(context, coi);
    const at = context.stub.getDateTimestamp().toISOString();
    const consents = await seesDecisionsOf(context, therapy.patient);
    const next = await readNext(() => context.reader, { coi, at, consents });
    const told = nextToldTo(viewerOf(context), circleIn(context, therapy), next);
    const { left } = await tellAnswer(context, therapy, told);
    return canonicalise(left);
  }
}
