import { isTest, releaseTests } from '../definition.js';
import { Relation } from '../relations.js';
import type { Heard } from './heard.js';
import type { Said } from './said.js';
import { outputsOf, usedBy } from './about.js';
import { batchOf, designOf, itemOf, lotOf, runOf, stepOf, type Thing } from './things.js';

/** What was made of what, when, and what it was tested by. */
export interface Origins {
  /** from a thing to what it was made of */
  readonly madeOf: Relation;
  /** from a batch to the attempts that tested its fill, from a thing to those that it was tested by before it was used */
  readonly testedBy: Relation;
  /** both at once */
  readonly restsOn: Relation;
  /** transaction times of the making */
  readonly madeAt: ReadonlyMap<Thing, number>;
  /** where in the history each was first said to be made */
  readonly saidAt: ReadonlyMap<Thing, number>;
}

/** A word that says of a thing what it was made of. */
interface Making {
  readonly thing: Thing;
  readonly sources: readonly Thing[];
  readonly said: Said;
}

/** The relations of origin, from the words that took effect; of a thing that was said to be made twice, the first. */
export function madeOf(heard: Heard): Origins {
  const made = new Relation();
  const testedBy = new Relation();
  const madeAt = new Map<Thing, number>();
  const saidAt = new Map<Thing, number>();
  const makings = makingsIn(heard).toSorted((one, other) => one.said.index - other.said.index);
  for (const { thing, sources, said } of makings) {
    if ((saidAt.get(thing) ?? said.index) < said.index) continue;
    saidAt.set(thing, said.index);
    madeAt.set(thing, said.time);
    for (const source of sources) made.add(thing, source);
  }
  for (const { body } of heard.of('manufacturing:ReportStep')) {
    // whichever report names them: any may be the one that is right
    for (const shared of sharedBy(body))
      made.add(stepOf(body.coi, body.step, body.attempt), shared);
  }
  for (const said of heard.of('manufacturing:RecordBatch')) {
    const thing = batchOf(said.body.coi, said.body.batch);
    for (const vial of said.body.vials) made.add(itemOf(vial), thing);
    for (const { body } of testsOf(heard, said)) {
      testedBy.add(thing, stepOf(body.coi, body.step, body.attempt));
    }
  }
  for (const { body } of heard
    .of('manufacturing:ReportStep')
    .filter((each) => isIncoming(heard, each))) {
    for (const { item } of body.inputs) {
      testedBy.add(itemOf(item), stepOf(body.coi, body.step, body.attempt));
    }
  }
  return { madeOf: made, testedBy, restsOn: union(made, testedBy), madeAt, saidAt };
}

function makingsIn(heard: Heard): readonly Making[] {
  return [
    ...heard
      .of('custody:CollectItem')
      .map((said) => ({ thing: itemOf(said.body.item), sources: [], said })),
    ...heard.of('custody:DeriveItem').flatMap((said) => {
      const sources = said.body.parents.map(({ item }) => itemOf(item));
      return said.body.children.map(({ item }) => ({ thing: itemOf(item), sources, said }));
    }),
    ...heard.of('manufacturing:ReportStep').flatMap((said) => {
      const { body } = said;
      const step = stepOf(body.coi, body.step, body.attempt);
      const sources = [...usedBy(said), ...sharedBy(body)];
      return [
        { thing: step, sources, said },
        ...outputsOf(said).map((thing) => ({ thing, sources: [step], said })),
      ];
    }),
    ...heard.of('manufacturing:SubmitDesign').map((said) => {
      const { coi, design, ranking } = said.body;
      const sources = [...usedBy(said), stepOf(coi, ranking.step, ranking.attempt)];
      return { thing: designOf(coi, design), sources, said };
    }),
    ...heard.of('manufacturing:RecordBatch').map((said) => {
      const { coi, batch, design, fill } = said.body;
      const sources = [
        ...(design === undefined ? [] : [designOf(coi, design)]),
        stepOf(coi, fill.step, fill.attempt),
      ];
      return { thing: batchOf(coi, batch), sources, said };
    }),
  ];
}

/** What a report says was used that therapies share. */
function sharedBy({ lots, run }: Said<'manufacturing:ReportStep'>['body']): readonly Thing[] {
  return [...lots.map(lotOf), ...(run === undefined ? [] : [runOf(run)])];
}

/** Whether a report is of a test without which nothing is made of what it looked at. */
function isIncoming(heard: Heard, { body }: Said<'manufacturing:ReportStep'>): boolean {
  const { steps } = heard.therapy(body.coi).definition;
  const step = steps.find(({ id }) => id === body.step);
  return (
    step !== undefined &&
    step.inputs.length > 0 &&
    isTest(step) &&
    steps.some(
      (each) =>
        each.needs.includes(step.id) &&
        each.outputs.length > 0 &&
        each.attestedBy === step.attestedBy,
    )
  );
}

/** Every attempt of a release test on a batch's fill, whichever batch its client names (C5). */
export function testsOf(
  heard: Heard,
  { body }: Said<'manufacturing:RecordBatch'>,
): readonly Said<'manufacturing:ReportStep'>[] {
  const reports = heard.of('manufacturing:ReportStep').filter((each) => each.body.coi === body.coi);
  const tests = releaseTests(heard.therapy(body.coi).definition).map((each) => each.id);
  const filled = reports
    .filter((each) => each.body.step === body.fill.step && each.body.attempt === body.fill.attempt)
    .flatMap((each) => each.body.outputs.map(({ item }) => item));
  return reports.filter(
    (each) =>
      tests.includes(each.body.step) &&
      (each.body.batch === body.batch ||
        each.body.inputs.some(({ item }) => filled.includes(item) || body.vials.includes(item))),
  );
}

function union(...relations: readonly Relation[]): Relation {
  const all = new Relation();
  for (const relation of relations) {
    for (const [from, to] of relation.pairs()) all.add(from, to);
  }
  return all;
}
