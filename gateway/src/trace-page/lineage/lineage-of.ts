import { type Outlook, stateIn } from '@veinledger/domain';
import type { TherapyTrace, Thing } from '../../reads/therapy-lists.js';
import { isTrouble } from '../standing.js';
import { wordsOf } from '../words.js';
import { type Lineage, LineageDraft } from './graph.js';
import { type Blockers, foreseenMarks, marksOf } from './marks.js';
import { addRefusals } from './refusals.js';

type ThingOf<N extends Thing['noun']> = Extract<Thing, { noun: N }>;

/** The lineage that a trace shows: things by what they are, then what each was made of. */
export function lineageOf(trace: TherapyTrace, outlook: Outlook): Lineage {
  const draft = new LineageDraft();
  const things = new Things(trace.things);
  addThings(draft, things, outlook);
  addForeignItems(draft, things, trace.therapy.coi);
  joinItems(draft, things.of('item'));
  joinSteps(draft, things.of('step'));
  joinMade(draft, things);
  addRefusals(draft, trace.records);
  return { ...draft.finish(trace.therapy.coi), partial: outlook.partial === true };
}

class Things {
  readonly #things: readonly Thing[];

  constructor(things: readonly Thing[]) {
    this.#things = things;
  }

  of<N extends Thing['noun']>(noun: N): readonly ThingOf<N>[] {
    return this.#things.filter((each): each is ThingOf<N> => each.noun === noun);
  }
}

function stepKey(step: string, attempt: number): string {
  return `step ${step}/${attempt}`;
}

function addThings(draft: LineageDraft, things: Things, outlook: Outlook): void {
  const marked = (name: string, blockers: Blockers) => [
    ...marksOf(blockers),
    ...foreseenMarks(outlook, name),
  ];
  for (const { id, kind, custody, holder, blockers } of things.of('item')) {
    const state = `${wordsOf(custody)}, ${holder.organisation}`;
    const marks = marked(`item ${id}`, blockers);
    draft.add({ key: `item ${id}`, kind: 'item', what: kind, id, state, marks });
  }
  for (const { step, attempt, report, blockers } of things.of('step')) {
    const id = attempt === 1 ? step : `${step}, attempt ${attempt}`;
    const state = report ? 'reported' : 'started';
    const marks = marked(stepKey(step, attempt), blockers);
    draft.add({ key: stepKey(step, attempt), kind: 'step', what: 'step', id, state, marks });
  }
  for (const { id, region, blockers } of things.of('dataset')) {
    const marks = marked(`dataset ${id}`, blockers);
    draft.add({ key: `dataset ${id}`, kind: 'dataset', what: 'dataset', id, state: region, marks });
  }
  for (const { id, version, approved, blockers } of things.of('design')) {
    const state = `version ${version}, ${approved ? 'approved' : 'not approved'}`;
    const marks = marked(`design ${id}`, blockers);
    draft.add({ key: `design ${id}`, kind: 'design', what: 'design', id, state, marks });
  }
  for (const batch of things.of('batch')) addBatch(draft, batch, outlook);
  for (const { id, number, authorised } of things.of('dose')) {
    const name = `dose ${id}`;
    const course = authorised ? 'authorised' : 'not-authorised';
    const stands = stateIn(outlook, name);
    const state = wordsOf(stands === undefined || isTrouble(stands) ? course : stands);
    const marks = foreseenMarks(outlook, name);
    draft.add({ key: name, kind: 'dose', what: `dose ${number}`, id, state, marks });
  }
}

function addBatch(draft: LineageDraft, batch: ThingOf<'batch'>, outlook: Outlook): void {
  const { id, certification, recall, blockers } = batch;
  const name = `batch ${id}`;
  const state = certification ? 'released' : 'not released';
  const recalled = recall ? [{ fault: 'recalled' as const, detail: recall.reason }] : [];
  const foreseen = recall ? [] : foreseenMarks(outlook, name);
  const marks = [...recalled, ...marksOf(blockers), ...foreseen];
  draft.add({ key: name, kind: 'batch', what: 'batch', id, state, marks });
}

/** Other patients' items that were used in this therapy. */
function addForeignItems(draft: LineageDraft, things: Things, coi: string): void {
  const add = (id: string, of: string) => {
    if (of === coi) return;
    const marks = [{ fault: 'foreign' as const, detail: of }];
    draft.add({ key: `item ${id}`, kind: 'item', what: "another patient's item", id, marks });
  };
  for (const { parents } of things.of('item')) parents.forEach((each) => add(each.id, each.coi));
  for (const { report } of things.of('step'))
    report?.inputs.forEach((each) => add(each.id, each.coi));
}

/** A vial comes of its batch, and the batch of what was filled. */
function joinItems(draft: LineageDraft, items: readonly ThingOf<'item'>[]): void {
  for (const { id, parents, producedBy, design, batch } of items) {
    const item = `item ${id}`;
    const made = producedBy ? stepKey(producedBy.step, producedBy.attempt) : undefined;
    const through = batch === undefined ? made : `batch ${batch}`;
    if (through !== undefined) draft.join(through, item);
    if (made !== undefined && through !== undefined) draft.join(made, through);
    const into = made !== undefined && draft.has(made) ? made : item;
    for (const parent of parents) draft.join(`item ${parent.id}`, into);
    if (design !== undefined) draft.join(`design ${design}`, into);
  }
}

/** What a step was done on, and the datasets that it gave; its items name it themselves. */
function joinSteps(draft: LineageDraft, steps: readonly ThingOf<'step'>[]): void {
  for (const { step, attempt, report } of steps) {
    if (report === undefined) continue;
    const key = stepKey(step, attempt);
    for (const { id } of report.inputs) draft.join(`item ${id}`, key);
    for (const id of report.inputDatasets) draft.join(`dataset ${id}`, key);
    for (const id of report.datasets) draft.join(key, `dataset ${id}`);
    if (report.batch !== undefined) draft.join(`batch ${report.batch}`, key);
  }
}

function joinMade(draft: LineageDraft, things: Things): void {
  for (const { id, datasets } of things.of('design')) {
    for (const dataset of datasets) draft.join(`dataset ${dataset}`, `design ${id}`);
  }
  for (const { id, parentBatch } of things.of('batch')) {
    if (parentBatch !== undefined) draft.join(`batch ${parentBatch}`, `batch ${id}`);
  }
  for (const { id, item, administrations } of things.of('dose')) {
    draft.join(`item ${item}`, `dose ${id}`);
    for (const given of administrations) draft.join(`item ${given.item}`, `dose ${id}`);
  }
}
