import fabric from 'fabric-contract-api';
import { canonicalise, keyFor, type Use } from '@veinledger/domain';
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
   * Every step that used a lot, of the therapies that the reader takes part in; of all for an auditor, and, once the lot
   * is recalled, for those of its owner who may recall it, who must reach each.
   */
  @Transaction(false)
  @Returns('string')
  async ListLotUses(context: LedgerContext, lot: string): Promise<string> {
    const uses = await context.reader.range('lot-use', { of: lot });
    return canonicalise(await shownUses(context, await ownerOfLot(context, lot), uses));
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
    const page = await readPage(context, keyFor('lot-use', { of: lot }), pageSize, bookmark);
    const uses = page.entities.filter((entity) => entity.noun === 'lot-use');
    const shown = await shownUses(context, await ownerOfLot(context, lot), uses);
    const reached = await reachOf(context, shown, { kind: 'lot', id: lot });
    return canonicalise({ reached, bookmark: page.bookmark });
  }

  /**
   * Every step that was done in a run, of the therapies that the reader takes part in; of all for an auditor, and, once
   * something was found of the run, for those of its owner who may say so, who must reach each.
   */
  @Transaction(false)
  @Returns('string')
  async ListRunUses(context: LedgerContext, run: string): Promise<string> {
    const uses = await context.reader.range('run-use', { of: run });
    return canonicalise(await shownUses(context, await ownerOfRun(context, run), uses));
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
    const page = await readPage(context, keyFor('run-use', { of: run }), pageSize, bookmark);
    const uses = page.entities.filter((entity) => entity.noun === 'run-use');
    const shown = await shownUses(context, await ownerOfRun(context, run), uses);
    const reached = await reachOf(context, shown, { kind: 'run', id: run });
    return canonicalise({ reached, bookmark: page.bookmark });
  }
}

/** Who must reach whatever a shared thing was used in: nobody, until there is something to tell. */
interface Reaching {
  /** MSP id */
  readonly owner: string | undefined;
  readonly roles: readonly string[];
}

async function ownerOfLot(context: LedgerContext, lot: string): Promise<Reaching> {
  const { recall, organisation } = (await context.reader.get('lot', { id: lot })) ?? {};
  return { owner: recall && organisation, roles: recallLot.roles };
}

async function ownerOfRun(context: LedgerContext, run: string): Promise<Reaching> {
  const { failures, organisation } = (await context.reader.get('run', { id: run })) ?? {};
  return { owner: failures && organisation, roles: reportRunFailure.roles };
}

async function reachOf<U extends Use>(
  context: LedgerContext,
  uses: readonly U[],
  shared: SharedThing,
): Promise<readonly (U & Reach)[]> {
  const reach = new Map<string, Reach>();
  const reached: (U & Reach)[] = [];
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

async function shownUses<U extends Use>(
  context: LedgerContext,
  { owner, roles }: Reaching,
  uses: readonly U[],
): Promise<readonly U[]> {
  const { mspId, roles: held } = context.submitter;
  const reaches = owner === mspId && roles.some((role) => held.some((each) => each === role));
  if (!reaches) return ofReadersTherapies(context, uses);
  await requireMember(context);
  return uses;
}
