import type { Said } from '../account/said.js';
import { batchOf, datasetOf, designOf, itemOf, stepOf, type Thing } from '../account/things.js';
import { type Matter, type Trouble, troublesIn } from '../matter.js';

/** Things that were said to be made twice, in different words. */
export function contradictions(matter: Matter): Trouble[] {
  const { account } = matter;
  const makings: readonly (readonly [Thing, Said])[] = [
    ...account.of('custody:CollectItem').map((said) => [itemOf(said.body.item), said] as const),
    ...account
      .of('custody:DeriveItem')
      .flatMap((said) => said.body.children.map(({ item }) => [itemOf(item), said] as const)),
    ...account
      .of('manufacturing:ReportStep')
      .flatMap((said) => [
        [stepOf(said.body.coi, said.body.step, said.body.attempt), said] as const,
        ...said.body.outputs.map(({ item }) => [itemOf(item), said] as const),
        ...said.body.datasets.map(({ id }) => [datasetOf(said.body.coi, id), said] as const),
      ]),
    ...account
      .of('manufacturing:SubmitDesign')
      .map((said) => [designOf(said.body.coi, said.body.design), said] as const),
    ...account
      .of('manufacturing:RecordBatch')
      .map((said) => [batchOf(said.body.coi, said.body.batch), said] as const),
  ];
  const first = new Map<Thing, Said>();
  const inOrder = makings.toSorted(([, one], [, other]) => one.index - other.index);
  return inOrder.flatMap(([about, said]): Trouble[] => {
    const before = first.get(about);
    if (!before) first.set(about, said);
    if (!before || before === said || contentOf(before) === contentOf(said)) return [];
    return troublesIn(matter, said, [about], 'said twice, and otherwise');
  });
}

function contentOf({ type, body, annexes }: Said): string {
  return JSON.stringify([type, body, annexes]);
}
