import type { Account } from '../account/account.js';
import type { Said } from '../account/said.js';
import { datasetOf, designOf, itemOf, stepOf, type Thing } from '../account/things.js';
import { outcomesOf, stepDefinition } from '../account/verdicts.js';
import { attestedBy, isTest, type StepDefinition } from '../definition.js';
import { irreversibleStep, isAboutDose, itemsAsked, type Matter } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';

/** Every branch runs through the steps that the definition says: kinds, makers, inputs, needed steps. */
export const A2: Clause = {
  id: 'A2',
  gates: EVERY_GATE,
  forbids: (matter) => [
    ...matter.account
      .of('manufacturing:ReportStep')
      .filter(({ body }) => matter.upstream.has(stepOf(body.coi, body.step, body.attempt)))
      .flatMap((report) => wrongReport(matter, report)),
    ...matter.account
      .of('custody:DeriveItem')
      .filter(({ body }) => body.children.some(({ item }) => matter.upstream.has(itemOf(item))))
      .flatMap((derived) => wrongDerivation(matter, derived)),
    ...matter.account
      .of('custody:CollectItem')
      .filter(({ body }) => matter.upstream.has(itemOf(body.item)))
      .flatMap(({ body }) => {
        const kinds = attestedBy(matter.therapy.definition, 'custody:CollectItem');
        return kinds.some((each) => each.outputs.includes(body.kind))
          ? []
          : [`no collection gives ${body.kind}`];
      }),
    ...matter.account
      .of('manufacturing:SubmitDesign')
      .filter(({ body }) => matter.upstream.has(designOf(body.coi, body.design)))
      .flatMap((design) => wrongDesign(matter, design)),
    ...unapproved(matter),
    ...undergone(matter),
    ...wrongKind(matter),
  ],
};

/** Whether a check of a report did not pass, and quality has not looked (C2). */
function isOpen(account: Account, report: Said<'manufacturing:ReportStep'>): boolean {
  const wanting = outcomesOf(account, report).some(
    ({ verdict, class: of }) => verdict !== 'pass' && of !== 'information',
  );
  return wanting && !account.isSettled(report);
}

/** Things that administration, or a step which cannot be undone, does not take. */
function wrongKind(matter: Matter): string[] {
  const { therapy, asked } = matter;
  const begun = irreversibleStep(therapy, asked);
  const given = isAboutDose(asked)
    ? attestedBy(therapy.definition, 'care:RecordAdministration')
    : [];
  return (begun ? [begun] : given).flatMap(({ id, inputs }) =>
    itemsAsked(asked)
      .map((item) => kindOf(matter, item))
      .filter((kind) => !kind || !inputs.includes(kind))
      .map((kind) => `${id} does not take ${kind ?? 'what is unknown'}`),
  );
}

function wrongReport(matter: Matter, report: Said<'manufacturing:ReportStep'>): string[] {
  const { account, therapy } = matter;
  const { body } = report;
  const definition = stepDefinition(account, report);
  if (!definition) return [`the process has no step ${body.step}`];
  const wrong = [
    ...body.outputs
      .filter(({ item }) => matter.upstream.has(itemOf(item)))
      .filter(({ kind }) => !definition.outputs.includes(kind)),
    ...body.datasets
      .filter(({ id }) => matter.upstream.has(datasetOf(body.coi, id)))
      .filter(({ kind }) => !definition.datasets.includes(kind)),
  ].map(({ kind }) => `${body.step} does not make ${kind}`);
  const kinds = body.inputs.map(({ item }) => kindOf(matter, item));
  wrong.push(
    ...kinds
      .filter((kind) => !kind || !definition.inputs.includes(kind))
      .map((kind) => `${body.step} does not take ${kind ?? 'what is unknown'}`),
  );
  if (definition.inputs.length > 0 && kinds.length === 0) wrong.push(`${body.step} took nothing`);
  const upstream = account.origins.madeOf.closure([stepOf(body.coi, body.step, body.attempt)]);
  for (const need of definition.needs) {
    const needed = therapy.definition.steps.find((each) => each.id === need);
    if (needed?.attestedBy !== 'manufacturing:ReportStep') continue;
    const done = account
      .of('manufacturing:ReportStep')
      .some(
        (each) =>
          each.body.step === need &&
          (upstream.has(stepOf(each.body.coi, need, each.body.attempt)) ||
            looksAt(needed, each, upstream)),
      );
    if (!done) wrong.push(`${body.step} was done without ${need}`);
  }
  return wrong;
}

/** Whether a report is of a test, which makes nothing, of something on the way. */
function looksAt(
  needed: StepDefinition,
  { body }: Said<'manufacturing:ReportStep'>,
  upstream: ReadonlySet<Thing>,
): boolean {
  return isTest(needed) && body.inputs.some(({ item }) => upstream.has(itemOf(item)));
}

/** The steps that the patient has to go through before a dose, or before what cannot be undone, and has not. */
function undergone({ gate, account, therapy, asked }: Matter): string[] {
  if (gate !== 'dose') return [];
  const begun = irreversibleStep(therapy, asked);
  const asking = begun ? [begun] : attestedBy(therapy.definition, 'care:RecordAdministration');
  const needs = asking.flatMap((each) => each.needs);
  const done = account
    .of('manufacturing:ReportStep')
    .filter((each) => each.body.coi === therapy.coi && !isOpen(account, each))
    .map(({ body }) => body.step);
  return attestedBy(therapy.definition, 'manufacturing:ReportStep')
    .filter(({ id }) => needs.includes(id) && !done.includes(id))
    .map(({ id }) => `the patient has not gone through ${id}`);
}

function wrongDerivation(matter: Matter, { body }: Said<'custody:DeriveItem'>): string[] {
  const steps = attestedBy(matter.therapy.definition, 'custody:DeriveItem');
  const parents = body.parents.map(({ item }) => kindOf(matter, item));
  return body.children
    .filter(({ kind }) => {
      if (parents.length > 0 && parents.every((each) => each === kind)) return false;
      return !steps.some(
        (step) =>
          step.outputs.includes(kind) &&
          parents.every((each) => each !== undefined && step.inputs.includes(each)),
      );
    })
    .map(({ kind }) => `${body.operation} does not make ${kind} of ${parents.join(', ')}`);
}

/** A design that rests on another step than it needs, or on data that did not go through it: a branch without the step. */
function wrongDesign(matter: Matter, { body }: Said<'manufacturing:SubmitDesign'>): string[] {
  const { coi, design, datasets, ranking } = body;
  if (!designNeeds(matter).includes(ranking.step)) {
    return [`${design} does not rest on ${ranking.step}`];
  }
  const { madeOf } = matter.account.origins;
  const step = stepOf(coi, ranking.step, ranking.attempt);
  const ranked = madeOf.closure([step]);
  return datasets
    .map((id) => datasetOf(coi, id))
    .filter((dataset) => matter.upstream.has(dataset) && !ranked.has(dataset))
    .filter((dataset) => !madeOf.of(dataset).has(step))
    .map((dataset) => `${dataset} of ${design} did not go through ${ranking.step}`);
}

function designNeeds({ therapy }: Matter): readonly string[] {
  return attestedBy(therapy.definition, 'manufacturing:ApproveDesign').flatMap(
    ({ needs }) => needs,
  );
}

/** Designs that something was made from before their approval, or that nobody approved. */
function unapproved({ gate, account, upstream, subjects }: Matter): string[] {
  const approved = new Set(
    account.of('manufacturing:ApproveDesign').map(({ body }) => designOf(body.coi, body.design)),
  );
  return [...upstream]
    .filter((thing: Thing) => thing.startsWith('["design"') && !approved.has(thing))
    .filter((thing) => gate !== 'design' || !subjects.includes(thing))
    .map((thing) => `${thing} is not approved`);
}

/** The kind that a thing was first said to be collected or made as; undefined for what nobody made. */
export function kindOf({ account }: Pick<Matter, 'account'>, item: string): string | undefined {
  const said = [
    ...account
      .of('custody:CollectItem')
      .filter(({ body }) => body.item === item)
      .map(({ body, index }) => ({ kind: body.kind, index })),
    ...[...account.of('custody:DeriveItem'), ...account.of('manufacturing:ReportStep')].flatMap(
      ({ body, index }) =>
        ('children' in body ? body.children : body.outputs)
          .filter((each) => each.item === item)
          .map(({ kind }) => ({ kind, index })),
    ),
  ];
  return said.toSorted((one, other) => one.index - other.index)[0]?.kind;
}
