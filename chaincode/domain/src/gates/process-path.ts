import type { Ancestry } from '../graph/ancestry.js';
import { isEarlierRecord } from '../graph/earlier-record.js';
import { isDoneWithin } from '../graph/evidence.js';
import { kindsMadeOf } from '../graph/process-kinds.js';
import { type Link, nameOfAttempt } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Dataset } from '../nouns/dataset.js';
import type { Design } from '../nouns/design.js';
import type { Item } from '../nouns/item.js';
import { type Step, stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { isSetAside } from '../nouns/subject.js';
import type { StepAttempt } from '../nouns/step.js';

/** Why not every branch runs through the steps that the process says: kinds, inputs, needed steps (A2). */
export function reasonsOfPath(whole: WholeTherapy, ancestry: Ancestry): readonly Reason[] {
  return [
    ...ancestry.items.flatMap((item) => reasonsOfItem(whole, item)),
    ...ancestry.datasets.flatMap((dataset) => reasonsOfDataset(whole, dataset)),
    ...ancestry.designs.flatMap((design) => [
      ...reasonsOfApproval(design),
      ...reasonsOfRanking(whole, design),
    ]),
    ...ancestry.attempts.flatMap((attempt) => reasonsOfAttempt(whole, attempt)),
    ...reasonsOfAbsence(whole, ancestry),
  ];
}

function reasonsOfApproval({ id, approved }: Design): readonly Reason[] {
  return approved ? [] : [{ code: 'DESIGN_NOT_APPROVED', subject: `design ${id}` }];
}

/** What a step upstream needs, and makes something of, is upstream of the whole too, whichever branch it is on. */
function reasonsOfAbsence({ definition }: WholeTherapy, { attempts }: Ancestry): readonly Reason[] {
  const done = new Set(attempts.map(({ step }) => step));
  const needs = [...done].flatMap((id) => stepOf(definition, id)?.needs ?? []);
  return [...new Set(needs)].flatMap((id) => {
    const needed = stepOf(definition, id);
    const makes = (needed?.outputs.length ?? 0) + (needed?.datasets.length ?? 0) > 0;
    if (needed?.attestedBy !== 'manufacturing:ReportStep' || !makes || done.has(id)) return [];
    return [{ code: 'STEP_NOT_DONE', subject: `step ${id}` }];
  });
}

/** What a step is to be done on, or was. */
export interface StepInputs {
  readonly items: readonly { readonly coi: string; readonly id: string }[];
  readonly datasets: readonly string[];
  readonly design: string | undefined;
  readonly batch: string | undefined;
  /** it takes nothing of the patient, since it reports what was on record before (A5) */
  readonly earlierRecord?: boolean | undefined;
}

/** Why a step's inputs are not those that the process says, or the steps before it are not done on each of them. */
export function reasonsOfInputs(
  whole: WholeTherapy,
  step: Step,
  inputs: StepInputs,
  subject: string,
): readonly Reason[] {
  const items = inputs.items.flatMap(({ id }) => whole.items.get(id) ?? []);
  const wrong: readonly Reason[] = items
    .filter(({ kind }) => !step.inputs.includes(kind))
    .map(({ id, kind }) => ({
      code: 'WRONG_KIND' as const,
      subject: `item ${id}`,
      expected: step.inputs.join() || 'no input',
      found: kind,
    }));
  const isRecord = inputs.earlierRecord === true && step.earlierRecord === true;
  const none: readonly Reason[] =
    step.inputs.length > 0 && inputs.items.length === 0 && !isRecord
      ? [{ code: 'NO_INPUT', subject, expected: step.inputs.join(), found: 'none' }]
      : [];
  const needs = step.needs.flatMap((need) => {
    const needed = stepOf(whole.definition, need);
    return needed ? reasonsOfNeed(whole, needed, items, inputs) : [];
  });
  return [...none, ...wrong, ...needs];
}

/** Why a reported step that another needs was not done on an item, or on what it was prepared of. */
export function reasonsOfStepsBefore(
  whole: WholeTherapy,
  { needs }: Pick<Step, 'needs'>,
  item: Item,
): readonly Reason[] {
  return needs.flatMap((id) => {
    const needed = stepOf(whole.definition, id);
    if (needed?.attestedBy !== 'manufacturing:ReportStep') return [];
    return reasonsOfNeededStep(whole, needed, [item], { datasets: [], design: undefined });
  });
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
      const batches = new Set([inputs.batch, ...items.flatMap(({ batch }) => batch ?? [])]);
      return [...batches].flatMap((id) => reasonsOfBatchStep(whole, needed, id));
    }
    default:
      return [];
  }
}

/** Why the batch that a step names, or one that its inputs belong to, was not decided on. */
function reasonsOfBatchStep(
  { batches }: WholeTherapy,
  { attestedBy }: Step,
  id: string | undefined,
): readonly Reason[] {
  const subject = `batch ${id ?? 'none named'}`;
  const batch = id === undefined ? undefined : batches.get(id);
  if (attestedBy === 'manufacturing:ReviewBatch') {
    return batch?.review ? [] : [{ code: 'NOT_REVIEWED', subject }];
  }
  return batch?.certification ? [] : [{ code: 'BATCH_NOT_RELEASED', subject }];
}

/**
 * Every input that comes from a needed step by its kind must come from it by its records, or have been tested by it; a
 * step on data needs it behind its data; what takes and makes nothing is needed anywhere in the therapy.
 */
function reasonsOfNeededStep(
  whole: WholeTherapy,
  needed: Step,
  items: readonly Item[],
  { datasets, design }: Pick<StepInputs, 'datasets' | 'design'>,
): readonly Reason[] {
  const { inputs, outputs, datasets: makesData } = needed;
  const done = [...whole.attempts.values()].filter(
    (attempt) => attempt.step === needed.id && isDoneOnItsKind(whole, needed, attempt),
  );
  const subject = `step ${needed.id}`;
  if (inputs.length + outputs.length + makesData.length === 0) {
    return done.length > 0 ? [] : [{ code: 'STEP_NOT_DONE', subject }];
  }
  const makesNothing = outputs.length + makesData.length === 0;
  const isBehind = (links: readonly Link[]) => {
    const ancestry = upstreamOf(whole, links);
    return done.some(
      (attempt) =>
        ancestry.attempts.includes(attempt) ||
        (makesNothing && isDoneWithin(whole, attempt, ancestry)),
    );
  };
  const later = kindsMadeOf(whole.definition, makesNothing ? inputs : outputs);
  const own = items.filter(({ kind }) => later.has(kind));
  if (own.length > 0) {
    return own
      .filter((item) => !isBehind([linkOf(item)]))
      .map(({ id }) => ({
        code: 'STEP_NOT_DONE',
        subject,
        expected: `${needed.id} before item ${id}`,
      }));
  }
  if (items.length > 0 && makesData.length === 0) return [];
  const all: readonly Link[] = [
    ...items.map(linkOf),
    ...datasets.map((id): Link => ({ kind: 'dataset', id })),
    ...(design === undefined ? [] : [{ kind: 'design' as const, id: design }]),
  ];
  return isBehind(all) ? [] : [{ code: 'STEP_NOT_DONE', subject }];
}

/**
 * Whether an attempt was reported, and, where its step makes nothing, on something of a kind that the step takes, and nobody
 * set it aside. What was made by one that was set aside is stopped by that alone.
 */
function isDoneOnItsKind({ items }: WholeTherapy, step: Step, attempt: StepAttempt): boolean {
  const { report } = attempt;
  if (!report) return false;
  if (step.outputs.length + step.datasets.length > 0) return true;
  if (isSetAside(attempt)) return false;
  if (step.inputs.length === 0) return true;
  return report.inputs.some(({ id }) => step.inputs.includes(items.get(id)?.kind ?? ''));
}

function linkOf({ coi, id }: Item): Link {
  return { kind: 'item', coi, id };
}

function reasonsOfAttempt(whole: WholeTherapy, attempt: StepAttempt): readonly Reason[] {
  const { report } = attempt;
  const subject = `step ${nameOfAttempt(attempt)}`;
  const step = stepOf(whole.definition, attempt.step);
  if (step?.attestedBy !== 'manufacturing:ReportStep') return [{ code: 'UNKNOWN_STEP', subject }];
  if (!report) return [];
  const { inputs: items, inputDatasets: datasets, design, batch } = report;
  const earlierRecord = isEarlierRecord(whole, attempt);
  const inputs = { items, datasets, design, batch, earlierRecord };
  return reasonsOfInputs(whole, step, inputs, subject);
}

function reasonsOfItem(whole: WholeTherapy, item: Item): readonly Reason[] {
  const subject = `item ${item.id}`;
  const wrong = (expected: string): readonly Reason[] => [
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
  const { id, kind, producedBy } = dataset;
  const subject = `dataset ${id}`;
  const datasets = stepOf(whole.definition, producedBy.step)?.datasets ?? [];
  if (!datasets.includes(kind)) {
    const expected = datasets.join() || 'no dataset';
    return [{ code: 'KIND_NOT_MADE', subject, expected, found: kind }];
  }
  const maker = whole.attempts.get(nameOfAttempt(producedBy));
  if (!maker?.report || maker.report.datasets.includes(id)) return [];
  return [{ code: 'NOT_MADE_THERE', subject, expected: nameOfAttempt(producedBy) }];
}

/** A design rests on the step that its own step needs, and on no data beside it. */
function reasonsOfRanking(
  whole: WholeTherapy,
  { id, ranking, datasets }: Design,
): readonly Reason[] {
  const subject = `design ${id}`;
  const needs = whole.definition.steps
    .filter(({ attestedBy }) => attestedBy === 'manufacturing:ApproveDesign')
    .flatMap((step) => step.needs);
  if (needs.length === 0) return [];
  if (!needs.includes(ranking.step)) {
    return [{ code: 'STEP_NOT_DONE', subject, expected: needs.join(), found: ranking.step }];
  }
  const behind = upstreamOf(whole, [{ kind: 'step', ...ranking }]);
  const known = new Set(behind.datasets.map((dataset) => dataset.id));
  const name = nameOfAttempt(ranking);
  return datasets
    .flatMap((dataset) => whole.datasets.get(dataset) ?? [])
    .filter((dataset) => !known.has(dataset.id) && nameOfAttempt(dataset.producedBy) !== name)
    .map((dataset) => ({
      code: 'STEP_NOT_DONE',
      subject,
      expected: `${name} before dataset ${dataset.id}`,
    }));
}
