import fabric from 'fabric-contract-api';
import { canonicalise } from '@veinledger/domain/encoding/codec';
import { LedgerContext } from './ledger-context.js';
import { LedgerContract } from './ledger-contract.js';
import { answer, ofReadersTherapies, requireMember } from './reading.js';

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
  ConfirmSignature(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('manufacturing:ConfirmSignature', jws);
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

  /** A lot with its expiry. */
  @Transaction(false)
  @Returns('string')
  async ReadLot(context: LedgerContext, lot: string): Promise<string> {
    await requireMember(context);
    return answer(await context.reader.get('lot', { id: lot }), 'lot', lot);
  }

  /** A sequencing run with its flow cell and instrument. */
  @Transaction(false)
  @Returns('string')
  async ReadRun(context: LedgerContext, run: string): Promise<string> {
    await requireMember(context);
    return answer(await context.reader.get('run', { id: run }), 'run', run);
  }

  /** Every step that used a lot, of the therapies that the reader takes part in; of all for an auditor. */
  @Transaction(false)
  @Returns('string')
  async ListLotUses(context: LedgerContext, lot: string): Promise<string> {
    const uses = await context.reader.range('lot-use', { of: lot });
    return canonicalise(await ofReadersTherapies(context, uses));
  }

  /** Every step that was done in a run, of the therapies that the reader takes part in; of all for an auditor. */
  @Transaction(false)
  @Returns('string')
  async ListRunUses(context: LedgerContext, run: string): Promise<string> {
    const uses = await context.reader.range('run-use', { of: run });
    return canonicalise(await ofReadersTherapies(context, uses));
  }
}
