import fabric from 'fabric-contract-api';
import { canonicalise } from '@veinledger/domain';
import { recallLot } from '@veinledger/domain/execution';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { readPageOf } from './paging.js';
import { ofReadersTherapies, requireMember } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({
  title: 'manufacturing',
  description: 'What was made of what, by whom, with which verdicts',
})
export class ManufacturingContract extends contractOf('manufacturing') {
  /** One page of the lots, by id, and the bookmark of the next. */
  @Transaction(false)
  @Returns('string')
  async PageLots(context: LedgerContext, pageSize: string, bookmark: string): Promise<string> {
    await requireMember(context);
    return canonicalise(await readPageOf(context, 'lot', { pageSize, bookmark }));
  }

  /** One page of the sequencing runs, by id, and the bookmark of the next. */
  @Transaction(false)
  @Returns('string')
  async PageRuns(context: LedgerContext, pageSize: string, bookmark: string): Promise<string> {
    await requireMember(context);
    return canonicalise(await readPageOf(context, 'run', { pageSize, bookmark }));
  }

  /**
   * Every step that used a lot, of the therapies that the reader takes part in; of all for an auditor, and, once the lot
   * is recalled, for those of its owner who may recall it, who must reach each.
   */
  @Transaction(false)
  @Returns('string')
  async ListLotUses(context: LedgerContext, lot: string): Promise<string> {
    const uses = await context.reader.range('lot-use', { of: lot });
    const { recall, organisation } = (await context.reader.get('lot', { id: lot })) ?? {};
    const { mspId, roles } = context.submitter;
    const reaches = recallLot.roles.some((role) => roles.includes(role)) && organisation === mspId;
    if (!recall || !reaches) return canonicalise(await ofReadersTherapies(context, uses));
    await requireMember(context);
    return canonicalise(uses);
  }

  /** Every step that was done in a run, of the therapies that the reader takes part in; of all for an auditor. */
  @Transaction(false)
  @Returns('string')
  async ListRunUses(context: LedgerContext, run: string): Promise<string> {
    const uses = await context.reader.range('run-use', { of: run });
    return canonicalise(await ofReadersTherapies(context, uses));
  }
}
