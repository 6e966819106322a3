import fabric from 'fabric-contract-api';
import { canonicalise, type Entity, keyFor, type Use } from '@veinledger/domain';
import {
  type Reach,
  reachIn,
  readWholeTherapy,
  recallLot,
  reportRunFailure,
  type SharedThing,
} from '@veinledger/domain/execution';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { readPage, readPageOf } from './paging.js';
import { ofReadersTherapies, requireMember, requireShared } from './reading.js';

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
    await requireShared(context, 'lot');
    return canonicalise(await readPageOf(context, 'lot', { pageSize, bookmark }));
  }

  /** One page of the sequencing runs, by id, and the bookmark of the next. */
  @Transaction(false)
  @Returns('string')
  async PageRuns(context: LedgerContext, pageSize: string, bookmark: string): Promise<string> {
    await requireShared(context, 'run');
    return canonicalise(await readPageOf(context, 'run', { pageSize, bookmark }));
  }

  /**
   * Every step that used a lot, of the therapies that the reader takes part in; of all for an auditor, and, while the lot
   * is recalled, for those of its owner who may recall it, who must reach each.
   */
  @Transaction(false)
  @Returns('string')
  async ListLotUses(context: LedgerContext, lot: string): Promise<string> {
    return canonicalise(await usesOf(context, { kind: 'lot', id: lot }));
  }

  /**
   * One page of the steps that used a lot, each with the batches and the doses given of its therapy which the lot went
   * into, and the bookmark of the next. For whom {@link ListLotUses} is.
   */
  @Transaction(false)
  @Returns('string')
  async PageLotReach(
    context: LedgerContext,
    lot: string,
    pageSize: string,
    bookmark: string,
  ): Promise<string> {
    const page = { pageSize, bookmark };
    return canonicalise(await pageReach(context, { kind: 'lot', id: lot }, page));
  }

  /**
   * Every step that was done in a run, of the therapies that the reader takes part in; of all for an auditor, and, while
   * something that was found of the run stands, for those of its owner who may say so, who must reach each.
   */
  @Transaction(false)
  @Returns('string')
  async ListRunUses(context: LedgerContext, run: string): Promise<string> {
    return canonicalise(await usesOf(context, { kind: 'run', id: run }));
  }

  /**
   * One page of the steps that were done in a run, each with the batches and the doses given of its therapy which they went
   * into, and the bookmark of the next. For whom {@link ListRunUses} is.
   */
  @Transaction(false)
  @Returns('string')
  async PageRunReach(
    context: LedgerContext,
    run: string,
    pageSize: string,
    bookmark: string,
  ): Promise<string> {
    const page = { pageSize, bookmark };
    return canonicalise(await pageReach(context, { kind: 'run', id: run }, page));
  }
}

const NOUNS = { lot: 'lot-use', run: 'run-use' } as const;

async function usesOf(context: LedgerContext, shared: SharedThing): Promise<readonly Use[]> {
  const uses = await context.reader.range(NOUNS[shared.kind], { of: shared.id });
  return shownUses(context, shared, uses);
}

async function pageReach(
  context: LedgerContext,
  shared: SharedThing,
  { pageSize, bookmark }: { readonly pageSize: string; readonly bookmark: string },
): Promise<{ readonly reached: readonly (Use & Reach)[]; readonly bookmark: string }> {
  const prefix = keyFor(NOUNS[shared.kind], { of: shared.id });
  const page = await readPage(context, prefix, pageSize, bookmark);
  const shown = await shownUses(context, shared, page.entities.filter(isUse));
  return { reached: await reachOf(context, shown, shared), bookmark: page.bookmark };
}

function isUse(entity: Entity): entity is Use {
  return entity.noun === 'lot-use' || entity.noun === 'run-use';
}

/** Who must reach whatever a shared thing was used in: nobody, until there is something to tell. */
interface Reaching {
  /** MSP id */
  readonly owner: string | undefined;
  readonly roles: readonly string[];
}

async function reachingOf({ reader }: LedgerContext, { kind, id }: SharedThing): Promise<Reaching> {
  if (kind === 'lot') {
    const { recall, organisation } = (await reader.get('lot', { id })) ?? {};
    return { owner: recall && organisation, roles: recallLot.roles };
  }
  const { failures = [], organisation } = (await reader.get('run', { id })) ?? {};
  const isFound = failures.some(({ annulled }) => !annulled);
  return { owner: isFound ? organisation : undefined, roles: reportRunFailure.roles };
}

async function reachOf(
  context: LedgerContext,
  uses: readonly Use[],
  shared: SharedThing,
): Promise<readonly (Use & Reach)[]> {
  const reach = new Map<string, Reach>();
  const reached: (Use & Reach)[] = [];
  for (const use of uses) {
    const known = reach.get(use.coi) ?? (await reachInTherapy(context, use.coi, shared));
    reach.set(use.coi, known);
    reached.push({ ...use, ...known });
  }
  return reached;
}

async function reachInTherapy(context: LedgerContext, coi: string, shared: SharedThing) {
  return reachIn(await readWholeTherapy(context.reader, coi), shared);
}

async function shownUses(
  context: LedgerContext,
  shared: SharedThing,
  uses: readonly Use[],
): Promise<readonly Use[]> {
  const { owner, roles } = await reachingOf(context, shared);
  const { mspId, roles: held } = context.submitter;
  const reaches = owner === mspId && roles.some((role) => held.some((each) => each === role));
  if (!reaches) return ofReadersTherapies(context, uses);
  await requireMember(context);
  return uses;
}
