import fabric from 'fabric-contract-api';
import {
  canonicalise,
  type CommandRecord,
  type Entity,
  expectationOf,
  instant,
  keyFor,
  outlookToldTo,
  parseJws,
  type Therapy,
  therapyScope,
  VeinledgerError,
  violationOf,
} from '@veinledger/domain';
import { withoutUnanswered } from './bedside-answers.js';
import { readOutlook, withoutConsents } from '@veinledger/domain/execution';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { markRecords, markSignatures } from './marks.js';
import { readPage, readPageOfSeveral, readStoredPage } from './paging.js';
import {
  answer,
  requireAuditor,
  requireMember,
  seesDecisionsOf,
  signerForReader,
  therapyForReader,
} from './reading.js';
import {
  circleIn,
  namesOfOthers,
  tellRecord,
  tellAnswer,
  tellRecords,
  tellThings,
  viewerOf,
} from './viewer.js';

const { Info, Returns, Transaction } = fabric;

@Info({
  title: 'audit',
  description: 'What was decided, what an actor signed, what became of a therapy',
})
export class AuditContract extends contractOf('audit') {
  /** The record of a command: the receipt that its transaction returned, marked where it is suspect. */
  @Transaction(false)
  @Returns('string')
  async ReadCommand(context: LedgerContext, commandId: string): Promise<string> {
    await requireMember(context);
    const record = await context.reader.record(commandId);
    if (!record) return answer(undefined, 'command', commandId);
    const [marked] = await markRecords(context, [record]);
    const told = marked && (await tellRecord(context, marked));
    if (told) return answer(told, 'command', commandId);
    throw new VeinledgerError('NOT_ENTITLED', 'the command is nothing that the reader is told of', {
      field: 'submitter',
      expected: 'somebody whose affair it is, or an auditor',
      found: context.submitter.mspId,
    });
  }

  /**
   * Whether the reader may have the signed text of a committed command as it stands in its block: it names what its signer
   * typed, which may be another therapy's (H2).
   * @returns `{"told": true}` or `{"told": false}`
   */
  @Transaction(false)
  @Returns('string')
  async MayReadSigned(context: LedgerContext, jws: string): Promise<string> {
    await requireMember(context);
    const { payload, payloadDigest } = parseJws(jws, 'vnd.veinledger.command+jws', 'as-named');
    const record = await context.reader.record(payloadDigest);
    if (!record) return answer(undefined, 'command', payloadDigest);
    const told = await tellRecord(context, record);
    const whole = told !== undefined && told.withheld === undefined;
    return canonicalise({ told: whole && !(await this.namesAnother(context, record, payload)) });
  }

  /** Everything that an actor signed, or a device for it, in the order of the transactions. */
  @Transaction(false)
  @Returns('string')
  async ListSignedBy(context: LedgerContext, actor: string): Promise<string> {
    await signerForReader(context, actor);
    const pointers = await context.reader.range('signature', { actor });
    return canonicalise(await markSignatures(context, pointers));
  }

  /** One page of what an actor signed, and the bookmark of the next. */
  @Transaction(false)
  @Returns('string')
  async PageSignedBy(
    context: LedgerContext,
    actor: string,
    pageSize: string,
    bookmark: string,
  ): Promise<string> {
    await signerForReader(context, actor);
    const page = await readPage(context, keyFor('signature', { actor }), pageSize, bookmark);
    const pointers = page.entities.filter((entity) => entity.noun === 'signature');
    const signatures = await markSignatures(context, pointers);
    return canonicalise({ signatures, bookmark: page.bookmark });
  }

  /**
   * Everything the ledger holds of a therapy, its command records by transaction time and id; but for a check at the
   * bedside that a second person has still to make without having seen it.
   */
  @Transaction(false)
  @Returns('string')
  async TraceTherapy(context: LedgerContext, coi: string): Promise<string> {
    const therapy = await therapyForReader(context, coi);
    const things = await context.reader.wholeTherapy(coi);
    const records = await context.reader.range('record', { scope: therapyScope({ coi }) });
    return canonicalise(await this.parts(context, therapy, [...things, ...records]));
  }

  /**
   * One page of a therapy's trace, its things before its command records, each in the order of the keys, and the
   * bookmark of the next. It leaves out what the whole trace does.
   */
  @Transaction(false)
  @Returns('string')
  async PageTherapy(
    context: LedgerContext,
    coi: string,
    pageSize: string,
    bookmark: string,
  ): Promise<string> {
    const therapy = await therapyForReader(context, coi);
    const places = [['therapy', coi], keyFor('record', { scope: therapyScope({ coi }) })] as const;
    const page = await readPageOfSeveral(context, places, pageSize, bookmark);
    const parts = await this.parts(context, therapy, page.entities);
    return canonicalise({ ...parts, bookmark: page.bookmark });
  }

  /**
   * What the next gate would say of each thing of a therapy, asked at a time of the reader's: nothing is decided by it.
   * Whoever does not see the patient's decisions learns that something stands in the way, and not what was decided.
   */
  @Transaction(false)
  @Returns('string')
  async ReadOutlook(context: LedgerContext, coi: string, at: string): Promise<string> {
    const therapy = await therapyForReader(context, coi);
    requireInstant(at);
    const outlook = await readOutlook(context.reader, coi, at);
    const whole = await seesDecisionsOf(context, therapy.patient);
    const told = outlookToldTo(
      viewerOf(context),
      circleIn(context, therapy),
      whole ? outlook : withoutConsents(outlook),
    );
    const own = outlook.things.map(({ subject }) => subject.replace(/^item /u, ''));
    const { left, partial } = await tellAnswer(context, therapy, told, new Set(own));
    return canonicalise(partial ? { ...left, partial } : left);
  }

  /**
   * One page of the keys that begin with an object type, each with its text as the peer stores it, and the bookmark of
   * the next: what an auditor compares with what the blocks wrote.
   */
  @Transaction(false)
  @Returns('string')
  async PageState(
    context: LedgerContext,
    objectType: string,
    pageSize: string,
    bookmark: string,
  ): Promise<string> {
    requireAuditor(context);
    // nobody is a member yet where no consortium is written
    if (await context.reader.get('root', {})) await requireMember(context);
    const page = await readStoredPage(context, [objectType], pageSize, bookmark);
    return canonicalise(page);
  }

  private async parts(context: LedgerContext, therapy: Therapy, all: readonly Entity[]) {
    const entities = await withoutUnanswered(context, therapy, all);
    const records = entities.filter((entity) => entity.noun === 'record');
    const things = entities.filter(
      ({ noun }) => noun !== 'record' && noun !== 'therapy' && noun !== '~end',
    );
    const [shown] = await tellThings(context, therapy, [therapy]);
    return {
      therapy: shown,
      things: await tellThings(context, therapy, things),
      records: tellRecords(context, therapy, await markRecords(context, records)),
    };
  }

  private async namesAnother(
    context: LedgerContext,
    { scope, organisation }: CommandRecord,
    payload: unknown,
  ): Promise<boolean> {
    if (scope.kind !== 'therapy') return false;
    const therapy = await context.reader.get('therapy', { coi: scope.id });
    const own = therapy ?? { coi: scope.id, quality: organisation };
    return (await namesOfOthers(context, own, payload)).size > 0;
  }
}

function requireInstant(at: string): void {
  const read = instant.safeParse(at, { error: expectationOf });
  if (read.success) return;
  const { expected } = violationOf(read.error, at);
  throw new VeinledgerError('SCHEMA_VIOLATION', 'a gate is asked at a time', {
    field: 'at',
    expected,
    found: at,
  });
}
