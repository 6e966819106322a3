import fabric from 'fabric-contract-api';
import { alertsDue, canonicalise } from '@veinledger/domain';
import { readWholeTherapy } from '@veinledger/domain/execution';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { requireOrganisation, requireShared, therapyForReader } from './reading.js';
import { circleIn, requireSight } from './viewer.js';

const { Info, Returns, Transaction } = fabric;

@Info({
  title: 'quality',
  description: 'What was said without standing, and what quality makes of it',
})
export class QualityContract extends contractOf('quality') {
  /** The alarms about a lot, for who registered it and auditors; none of a lot that nobody registered. */
  @Transaction(false)
  @Returns('string')
  async ListLotAlarms(context: LedgerContext, lot: string): Promise<string> {
    return alarmsOf(context, 'lot', lot);
  }

  /** The alarms about a sequencing run, for who registered it and auditors; none of a run that nobody registered. */
  @Transaction(false)
  @Returns('string')
  async ListRunAlarms(context: LedgerContext, run: string): Promise<string> {
    return alarmsOf(context, 'run', run);
  }

  /**
   * Whom recalls and late results of a therapy still wait for at this transaction's time, whether anybody stated them or
   * not; for its parties and auditors.
   */
  @Transaction(false)
  @Returns('string')
  async ListAlertsDue(context: LedgerContext, coi: string): Promise<string> {
    const therapy = await therapyForReader(context, coi);
    requireSight(context, 'alert', circleIn(context, therapy), {
      who: 'alerts are for those who treat and make, the patient and auditors',
      expected: 'a party that neither carries nor pays only, or an auditor',
    });
    const whole = await readWholeTherapy(context.reader, coi);
    return canonicalise(alertsDue(whole, context.stub.getDateTimestamp().toISOString()));
  }
}

async function alarmsOf(context: LedgerContext, kind: 'lot' | 'run', id: string): Promise<string> {
  await requireShared(context, kind);
  const shared = await context.reader.get(kind, { id });
  if (shared) requireOrganisation(context, shared.organisation);
  return canonicalise(await context.reader.range('alarm', { scope: { kind, id } }));
}
