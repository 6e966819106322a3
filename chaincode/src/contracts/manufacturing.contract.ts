import fabric from 'fabric-contract-api';
import { ranges } from '../state/keys.js';
import { LedgerContext } from './ledger-context.js';
import { LedgerContract } from './ledger-contract.js';
import { answer, requireMember } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({
  title: 'manufacturing',
  description: 'What was made of what, by whom, with which verdicts',
})
export class ManufacturingContract extends LedgerContract {
  constructor() {
    super('manufacturing');
  }

  @Transaction()
  @Returns('string')
  StartStep(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:StartStep', jws);
  }

  @Transaction()
  @Returns('string')
  ReportStep(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:ReportStep', jws);
  }

  @Transaction()
  @Returns('string')
  SubmitDesign(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:SubmitDesign', jws);
  }

  @Transaction()
  @Returns('string')
  ApproveDesign(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:ApproveDesign', jws);
  }

  @Transaction()
  @Returns('string')
  RecordBatch(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:RecordBatch', jws);
  }

  @Transaction()
  @Returns('string')
  ReviewBatch(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:ReviewBatch', jws);
  }

  @Transaction()
  @Returns('string')
  CertifyBatch(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:CertifyBatch', jws);
  }

  @Transaction()
  @Returns('string')
  RecallBatch(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:RecallBatch', jws);
  }

  @Transaction()
  @Returns('string')
  ReportDeviation(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:ReportDeviation', jws);
  }

  @Transaction()
  @Returns('string')
  RecordDisposition(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:RecordDisposition', jws);
  }

  @Transaction()
  @Returns('string')
  PlaceHold(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:PlaceHold', jws);
  }

  @Transaction()
  @Returns('string')
  LiftHold(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:LiftHold', jws);
  }

  @Transaction()
  @Returns('string')
  RegisterLot(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:RegisterLot', jws);
  }

  @Transaction()
  @Returns('string')
  RegisterRun(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:RegisterRun', jws);
  }

  /** Every therapy, step and attempt that used a lot. */
  @Transaction(false)
  @Returns('string')
  async ListLotUses(context: LedgerContext, lot: string): Promise<string> {
    await requireMember(context);
    return answer(await context.reader.range('lot-use', ranges.lotUses(lot)), 'lot', lot);
  }
}
