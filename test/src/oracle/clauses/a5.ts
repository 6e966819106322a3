import type { Said } from '../account/said.js';
import { datasetOf, itemOf, stepOf, type Thing } from '../account/things.js';
import { stepDefinition, outcomesOf } from '../account/verdicts.js';
import { hasDesign } from '../definition.js';
import type { Matter } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';

type Report = Said<'manufacturing:ReportStep'>;
type Collection = Said<'custody:CollectItem'>;

/** Where a design comes from data: the data of every design upstream agrees with a second, independent collection, by a step that took both. */
export const A5: Clause = {
  id: 'A5',
  gates: EVERY_GATE,
  forbids: (matter) => {
    if (!hasDesign(matter.therapy.definition)) return [];
    const designs = [...matter.upstream].filter((each) => each.startsWith('["design"'));
    return designs
      .filter((design) => !isCompared(matter, design))
      .map((design) => `${design} rests on no comparison of two collections`);
  },
};

function isCompared(matter: Matter, design: Thing): boolean {
  const { account } = matter;
  const upstream = account.origins.madeOf.closure([design]);
  return account
    .of('manufacturing:ReportStep')
    .filter(({ body }) => upstream.has(stepOf(body.coi, body.step, body.attempt)))
    .some((report) => compares(matter, report) && tookTwo(matter, report));
}

function compares({ account }: Matter, report: Report): boolean {
  const codes = (stepDefinition(account, report)?.checks ?? [])
    .filter((check) => check.comparesCollections)
    .map(({ code }) => code);
  return outcomesOf(account, report).some(
    ({ check, verdict }) => codes.includes(check) && verdict !== 'missing',
  );
}

/** Whether two of its inputs come from collections that are all independent of each other's. */
function tookTwo({ account }: Matter, { body }: Report): boolean {
  const inputs = [
    ...body.inputs.map(({ item }) => itemOf(item)),
    ...body.inputDatasets.map((id) => datasetOf(body.coi, id)),
  ];
  const sources = inputs.map((input) => {
    const upstream = account.origins.madeOf.closure([input]);
    return account
      .of('custody:CollectItem')
      .filter((each) => upstream.has(itemOf(each.body.item)) || input === itemOf(each.body.item));
  });
  return sources.some((ones, index) =>
    sources
      .slice(index + 1)
      .some(
        (others) =>
          ones.length > 0 &&
          others.length > 0 &&
          ones.every((one) => others.every((other) => independent(one, other))),
      ),
  );
}

function independent(one: Collection, other: Collection): boolean {
  return one.body.occasion !== other.body.occasion && one.actor !== other.actor;
}
