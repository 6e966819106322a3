import type { Batch } from '../nouns/batch.js';
import type { Dataset } from '../nouns/dataset.js';
import type { Design } from '../nouns/design.js';
import type { Item, ItemRef } from '../nouns/item.js';
import { lotsOf, type StepAttempt } from '../nouns/step.js';

/** From one thing to another that it was made of. */
export type Link =
  | ({ readonly kind: 'item' } & ItemRef)
  | { readonly kind: 'step'; readonly step: string; readonly attempt: number }
  | { readonly kind: 'dataset' | 'design' | 'batch' | 'lot'; readonly id: string };

/** What an item came from. */
export function linksOfItem(item: Item): readonly Link[] {
  return [
    ...item.parents.map((parent) => ({ kind: 'item' as const, ...parent })),
    ...(item.producedBy ? [stepLink(item.producedBy)] : []),
    ...(item.design === undefined ? [] : [{ kind: 'design' as const, id: item.design }]),
    ...(item.batch === undefined ? [] : [{ kind: 'batch' as const, id: item.batch }]),
  ];
}

/** What a step was done on, and each lot that any report of it names: a recall reaches through all of them (D2). */
export function linksOfAttempt(attempt: StepAttempt): readonly Link[] {
  const { report } = attempt;
  if (!report) return [];
  return [
    ...report.inputs.map((input) => ({ kind: 'item' as const, ...input })),
    ...report.inputDatasets.map((id) => ({ kind: 'dataset' as const, id })),
    ...lotsOf(attempt).map((id) => ({ kind: 'lot' as const, id })),
    ...(report.design === undefined ? [] : [{ kind: 'design' as const, id: report.design }]),
  ];
}

/** What a design was drawn from. */
export function linksOfDesign(design: Design): readonly Link[] {
  return [
    ...design.datasets.map((id) => ({ kind: 'dataset' as const, id })),
    stepLink(design.ranking),
  ];
}

/** How a batch was made. */
export function linksOfBatch(batch: Batch): readonly Link[] {
  const { design } = batch;
  return [stepLink(batch.fill), ...(design === undefined ? [] : [designLink(design)])];
}

/** The step that produced a dataset. */
export function linksOfDataset(dataset: Dataset): readonly Link[] {
  return [stepLink(dataset.producedBy)];
}

function designLink(id: string): Link {
  return { kind: 'design', id };
}

function stepLink({ step, attempt }: { readonly step: string; readonly attempt: number }): Link {
  return { kind: 'step', step, attempt };
}

/** An attempt's name among a therapy's: `calling/1`. */
export function nameOfAttempt(of: { readonly step: string; readonly attempt: number }): string {
  return `${of.step}/${of.attempt}`;
}

/** A link's name, as reasons name what it leads to; two different things have two names. */
export function nameOfLink(link: Link): string {
  return link.kind === 'step' ? `step ${nameOfAttempt(link)}` : `${link.kind} ${link.id}`;
}
