import fabric from 'fabric-contract-api';
import { canonicalise } from '../domain/codec.js';
import { keys, ranges } from '../state/keys.js';
import { LedgerContext } from './ledger-context.js';
import { LedgerContract } from './ledger-contract.js';
import { answer, requireMember, therapyForReader } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({
  title: 'audit',
  description: 'What was decided, what an actor signed, what became of a therapy',
})
export class AuditContract extends LedgerContract {
  constructor() {
    super('audit');
  }

  /** The record of a command: the receipt that its transaction returned. */
  @Transaction(false)
  @Returns('string')
  async ReadCommand(context: LedgerContext, commandId: string): Promise<string> {
    await requireMember(context);
    const { reader } = context;
    const pointer = await reader.get('command', keys.command(commandId));
    if (pointer?.scope.kind === 'therapy')
      await this.requireTherapyReader(context, pointer.scope.id);
    const record =
      pointer &&
      (await reader.get('record', keys.record(pointer.scope, pointer.transactionTime, commandId)));
    return answer(record, 'command', commandId);
  }

  /** Everything that an actor signed, in the order of the transactions. */
  @Transaction(false)
  @Returns('string')
  async ListSignedBy(context: LedgerContext, actor: string): Promise<string> {
    await requireMember(context);
    return answer(
      await context.reader.range('signature', ranges.signatures(actor)),
      'actor',
      actor,
    );
  }

  /** Everything the ledger holds of a therapy, its command records by transaction time and id. */
  @Transaction(false)
  @Returns('string')
  async TraceTherapy(context: LedgerContext, coi: string): Promise<string> {
    const therapy = await therapyForReader(context, coi);
    const entities = await context.reader.everything(ranges.therapy(coi));
    const records = entities.filter((entity) => entity.noun === 'record');
    const things = entities.filter(
      (entity) => entity.noun !== 'record' && entity.noun !== 'therapy',
    );
    return canonicalise({ therapy, things, records });
  }

  /** A refused order leaves a record and no therapy: that record any member reads. */
  private async requireTherapyReader(context: LedgerContext, coi: string): Promise<void> {
    if (await context.reader.get('therapy', keys.therapy(coi)))
      await therapyForReader(context, coi);
  }
}
