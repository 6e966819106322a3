import type { Ancestry } from '../graph/ancestry.js';
import { kindsMadeOf } from '../graph/process-kinds.js';
import { type Link, nameOfAttempt } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Dataset } from '../nouns/dataset.js';
import type { Item } from '../nouns/item.js';
import { type Step, stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import type { StepAttempt } from '../nouns/step.js';

/** Why not every branch runs through the steps that the process says: kinds, inputs, needed steps (A2). */
export function reasonsOfPath(whole: WholeTherapy, ancestry: Ancestry): readonly Reason[] {
  return [
    ...ancestry.items.flatMap((item) => reasonsOfItem(whole, item)),
    ...ancestry.datasets.flatMap((dataset) => reasonsOfDataset(whole, dataset)),
    ...ancestry.designs.flatMap(({ id, approved, ranking }) => [
      ...(approved ? [] : [{ code: 'DESIGN_NOT_APPROVED', subject: `design ${id}` }]),
      ...reasonsOfRanking(whole, id, ranking.step),
    ]),
    ...ancestry.attempts.flatMap((attempt) => reasonsOfAttempt(whole, attempt)),
  ];
}

/** What a step is to be done on, or was. */
export interface StepInputs {
  readonly items: readonly { readonly coi: string; readonly id: string }[];
  readonly datasets: readonly string[];
  readonly design: string | undefined;
  readonly batch: string | undefined;
}

/** Why a step's inputs are not those that the process says, or the steps before it are not done on each of them. */
export function reasonsOfInputs(
  whole: WholeTherapy,
  step: Step,
  inputs: StepInputs,
  subject: string,
): readonly Reason[] {
  const items = inputs.items.flatMap(({ id }) => whole.items.get(id) ?? []);
  const wrong = items
    .filter(({ kind }) => !step.inputs.includes(kind))
    .map(({ id, kind }) => ({
      code: 'WRONG_KIND',
      subject: `item ${id}`,
      expected: step.inputs.join() || 'no input',
      found: kind,
    }));
  const none =
    step.inputs.length > 0 && inputs.items.length === 0
      ? [{ code: 'NO_INPUT', subject, expected: step.inputs.join(), found: 'none' }]
      : [];
  const needs = step.needs.flatMap((need) => {
    const needed = stepOf(whole.definition, need);
    return needed ? reasonsOfNeed(whole, needed, items, inputs) : [];
  });
  return [...none, ...wrong, ...needs];
}

function reasonsOfNeed(
  whole: WholeTherapy,
  needed: Step,
  items: readonly Item[],
  inputs: StepInputs,
): readonly Reason[] {
  switch (needed.attestedBy) {
    case 'manufacturing:ReportStep':
      return reasonsOfNeededStep(whole, needed, items, inputs);
    case 'manufacturing:ApproveDesign': {
      const subject = `design ${inputs.design ?? 'none named'}`;
      const design = inputs.design === undefined ? undefined : whole.designs.get(inputs.design);
      return design?.approved ? [] : [{ code: 'DESIGN_NOT_APPROVED', subject }];
    }
    case 'manufacturing:ReviewBatch':
    case 'manufacturing:CertifyBatch': {
      const subject = `batch ${inputs.batch ?? 'none named'}`;
      const batch = inputs.batch === undefined ? undefined : whole.batches.get(inputs.batch);
      return batch?.certification ? [] : [{ code: 'BATCH_NOT_RELEASED', subject }];
    }
    default:
      return [];
  }
}

/**
 * Every input that comes from a needed step by its kind must come from it by its records; a step on data alone needs it
 * behind its data; what makes nothing is needed anywhere in the therapy.
 */
function reasonsOfNeededStep(
  whole: WholeTherapy,
  needed: Step,
  items: readonly Item[],
  { datasets }: StepInputs,
): readonly Reason[] {
  const isDone = (attempts: Iterable<StepAttempt>) =>
    [...attempts].some(({ step, report }) => step === needed.id && report !== undefined);
  const later = kindsMadeOf(whole.definition, needed.outputs);
  const own = items.filter(({ kind }) => later.has(kind));
  const undone = own.filter(({ coi, id }) => {
    const { attempts } = upstreamOf(whole, [{ kind: 'item', coi, id }]);
    return !isDone(attempts);
  });
  if (undone.length > 0) {
    return undone.map(({ id }) => ({
      code: 'STEP_NOT_DONE',
      subject: `step ${needed.id}`,
      expected: `${needed.id} before item ${id}`,
    }));
  }
  if (own.length > 0 || (items.length > 0 && needed.outputs.length > 0)) return [];
  const data = datasets.map((id): Link => ({ kind: 'dataset', id }));
  const before = needed.datasets.length > 0 ? upstreamOf(whole, data).attempts : whole.attempts.values();
  return isDone(before) ? [] : [{ code: 'STEP_NOT_DONE', subject: `step ${needed.id}` }];
}

function reasonsOfAttempt(whole: WholeTherapy, attempt: StepAttempt): readonly Reason[] {
  const { report } = attempt;
  const subject = `step ${nameOfAttempt(attempt)}`;
  const step = stepOf(whole.definition, attempt.step);
  if (step?.attestedBy !== 'manufacturing:ReportStep') return [{ code: 'UNKNOWN_STEP', subject }];
  if (!report) return [];
  const { inputs: items, inputDatasets: datasets, design, batch } = report;
  return reasonsOfInputs(whole, step, { items, datasets, design, batch }, subject);
}

function reasonsOfItem(whole: WholeTherapy, item: Item): readonly Reason[] {
  const subject = `item ${item.id}`;
  const wrong = (expected: string) => [
    { code: 'KIND_NOT_MADE', subject, expected, found: item.kind },
  ];
  if (item.collected) {
    const kind = whole.definition.items.find(({ code }) => code === item.kind);
    return kind?.collected ? [] : wrong('a kind that is collected');
  }
  if (item.producedBy) {
    const outputs = stepOf(whole.definition, item.producedBy.step)?.outputs ?? [];
    if (!outputs.includes(item.kind)) return wrong(outputs.join() || 'no output');
    const maker = whole.attempts.get(nameOfAttempt(item.producedBy));
    if (!maker?.report || maker.report.outputs.includes(item.id)) return [];
    return [{ code: 'NOT_MADE_THERE', subject, expected: nameOfAttempt(item.producedBy) }];
  }
  const parents = item.parents.flatMap(({ id }) => whole.items.get(id)?.kind ?? []);
  return parents.every((kind) => kind === item.kind || derives(whole, kind, item.kind))
    ? []
    : wrong(`a part of ${parents.join()}, or what is prepared of it`);
}

function derives({ definition }: WholeTherapy, from: string, to: string): boolean {
  return definition.steps.some(
    ({ attestedBy, inputs, outputs }) =>
      attestedBy === 'custody:DeriveItem' && inputs.includes(from) && outputs.includes(to),
  );
}

function reasonsOfDataset(whole: WholeTherapy, dataset: Dataset): readonly Reason[] {
  const datasets = stepOf(whole.definition, dataset.producedBy.step)?.datasets ?? [];
  if (datasets.includes(dataset.kind)) return [];
  const subject = `dataset ${dataset.id}`;
  const expected = datasets.join() || 'no dataset';
  return [{ code: 'KIND_NOT_MADE', subject, expected, found: dataset.kind }];
}

/** A design rests on the step that its own step needs. */
function reasonsOfRanking(
  { definition }: WholeTherapy,
  design: string,
  found: string,
): readonly Reason[] {
  const needs = definition.steps
    .filter(({ attestedBy }) => attestedBy === 'manufacturing:ApproveDesign')
    .flatMap((step) => step.needs);
  if (needs.length === 0 || needs.includes(found)) return [];
  return [
    { code: 'STEP_NOT_DONE', subject: `design ${design}`, expected: needs.join(), found },
  ];
}
