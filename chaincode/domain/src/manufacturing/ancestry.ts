import type { Item, ItemRef } from '../nouns/item.js';
import type { Reason } from '../nouns/reason.js';
import { principalOf } from '../nouns/signed.js';
import type { Batch } from '../nouns/batch.js';
import type { Dataset } from '../nouns/dataset.js';
import type { Design } from '../nouns/design.js';
import type { Lot } from '../nouns/lot.js';
import { reasonsOfBlockers } from './needs.js';
import type { StepAttempt } from '../nouns/step.js';

/** Everything that something was made from, found by following what its own records name. */
export interface Ancestry {
  readonly items: readonly Item[];
  readonly attempts: readonly StepAttempt[];
  readonly datasets: readonly Dataset[];
  readonly designs: readonly Design[];
  readonly batches: readonly Batch[];
  readonly lots: readonly Lot[];
  /** what a record names and the ledger does not hold: the links that are broken */
  readonly missing: readonly string[];
}

/** What the walk still has to visit. */
export type Link =
  | ({ readonly kind: 'item' } & ItemRef)
  | { readonly kind: 'step'; readonly coi: string; readonly id: string; readonly attempt: number }
  | { readonly kind: 'dataset' | 'design' | 'batch'; readonly coi: string; readonly id: string }
  | { readonly kind: 'lot'; readonly id: string };

/** What an item came from. */
export function linksOfItem(item: Item): readonly Link[] {
  const { coi } = item;
  return [
    ...item.parents.map((parent) => ({ kind: 'item' as const, ...parent })),
    ...(item.producedBy ? [stepLink(coi, item.producedBy)] : []),
    ...(item.design === undefined ? [] : [{ kind: 'design' as const, coi, id: item.design }]),
    ...(item.batch === undefined ? [] : [{ kind: 'batch' as const, coi, id: item.batch }]),
  ];
}

/** What a step was done on. */
export function linksOfAttempt(attempt: StepAttempt): readonly Link[] {
  const { coi, report } = attempt;
  if (!report) return [];
  return [
    ...report.inputs.map((input) => ({ kind: 'item' as const, ...input })),
    ...report.inputDatasets.map((id) => ({ kind: 'dataset' as const, coi, id })),
    ...report.lots.map((id) => ({ kind: 'lot' as const, id })),
    ...(report.design === undefined ? [] : [{ kind: 'design' as const, coi, id: report.design }]),
  ];
}

/** What a design was drawn from. */
export function linksOfDesign(design: Design): readonly Link[] {
  const { coi } = design;
  return [
    ...design.datasets.map((id) => ({ kind: 'dataset' as const, coi, id })),
    stepLink(coi, design.ranking),
  ];
}

/** How a batch was made and tested. */
export function linksOfBatch(batch: Batch): readonly Link[] {
  const { coi } = batch;
  return [
    stepLink(coi, batch.fill),
    { kind: 'design', coi, id: batch.design },
    ...(batch.tests ? [stepLink(coi, batch.tests)] : []),
  ];
}

/** The step that produced a dataset. */
export function linksOfDataset(dataset: Dataset): readonly Link[] {
  return [stepLink(dataset.coi, dataset.producedBy)];
}

function stepLink(coi: string, of: { readonly step: string; readonly attempt: number }): Link {
  return { kind: 'step', coi, id: of.step, attempt: of.attempt };
}

/**
 * Why the chain that leads from the patient's sample to here is not whole: something missing, of another
 * patient, open, on hold or rejected, not reported, or not accepted at a hand-off.
 */
export function brokenLinks(ancestry: Ancestry, coi: string): readonly Reason[] {
  const blockable = [
    ...ancestry.items,
    ...ancestry.attempts,
    ...ancestry.datasets,
    ...ancestry.designs,
    ...ancestry.batches,
  ];
  return [
    ...ancestry.missing.map((subject) => ({ code: 'BROKEN_CHAIN', subject, expected: 'a record' })),
    ...foreignItems(ancestry, coi).map((item) => ({
      code: 'FOREIGN_ITEM',
      subject: `item ${item.id}`,
      expected: coi,
      found: item.coi,
    })),
    ...blockable.flatMap(reasonsOfBlockers),
    ...ancestry.items.flatMap(reasonsOfHandOff),
    ...ancestry.attempts.flatMap(reasonsOfAttempt),
  ];
}

/** The items of other patients where the chain leaves this one; what those came from is foreign of itself. */
function foreignItems(ancestry: Ancestry, coi: string): readonly Item[] {
  const foreign = ancestry.items.filter((item) => item.coi !== coi);
  const attempts = ancestry.attempts.filter((attempt) => attempt.coi !== coi);
  const origins = [...foreign.flatMap(linksOfItem), ...attempts.flatMap(linksOfAttempt)];
  const implied = new Set(origins.flatMap((link) => (link.kind === 'item' ? [link.id] : [])));
  const entered = foreign.filter((item) => !implied.has(item.id));
  // items that name each other as parents would otherwise all go unnamed
  return entered.length > 0 ? entered : foreign;
}

/** Why no sample of this patient stands at the beginning of the chain. */
export function reasonsOfOrigin(ancestry: Ancestry): readonly Reason[] {
  const collected = ancestry.items.filter((item) => item.collected);
  if (collected.length === 0) {
    return [
      { code: 'BROKEN_CHAIN', expected: 'an item collected from the patient', found: 'none' },
    ];
  }
  return collected
    .filter((item) => item.collected?.confirmedBy === undefined)
    .map((item) => ({ code: 'COLLECTION_NOT_CONFIRMED', subject: `item ${item.id}` }));
}

function reasonsOfHandOff(item: Item): readonly Reason[] {
  if (!item.handOff || item.handOff.verdict === 'accepted') return [];
  return [
    {
      code: 'HAND_OFF_NOT_ACCEPTED',
      subject: `item ${item.id}`,
      expected: 'accepted',
      found: item.handOff.verdict,
    },
  ];
}

function reasonsOfAttempt(attempt: StepAttempt): readonly Reason[] {
  if (attempt.report) return [];
  return [{ code: 'STEP_NOT_DONE', subject: `step ${attempt.step}/${attempt.attempt}` }];
}

/** Every person who had a part in making what the ancestry leads to, its release tests left out. */
export function makersOf(ancestry: Ancestry, batch: Batch): ReadonlySet<string> {
  const tests = batch.tests;
  const making = ancestry.attempts.filter(
    (attempt) => attempt.step !== tests?.step || attempt.attempt !== tests.attempt,
  );
  const makers = making.flatMap((attempt) => [attempt.permission, attempt.report]);
  const signed = makers.filter((maker) => maker !== undefined);
  return new Set([batch.recorded, ...signed].map(principalOf));
}
