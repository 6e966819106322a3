import type { Account } from '../account/account.js';
import { datasetOf, designOf, itemOf, lotOf, stepOf, type Thing } from '../account/things.js';
import type { Matter } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';

/** Every leaf upstream is a confirmed collection of this therapy's patient, or a lot; no branch ends elsewhere. */
export const A1: Clause = {
  id: 'A1',
  gates: EVERY_GATE,
  forbids: (matter) => [...matter.upstream].flatMap((thing) => wrongWith(matter, thing)),
};

function wrongWith({ account, therapy }: Matter, thing: Thing): string[] {
  const { madeOf } = account.origins;
  if (madeOf.closure([thing]).has(thing)) return [`${thing} is upstream of itself`];
  const known = knownThings(account);
  const [kind] = JSON.parse(thing) as [string];
  if (kind === 'lot') return known.lots.has(thing) ? [] : [`${thing} is not registered`];
  if (kind === 'run' || kind === 'batch') return [];
  const collected = known.collected.get(thing);
  if (collected) {
    if (collected !== therapy.coi) return [`${thing} was collected for ${collected}`];
    return known.confirmed.has(thing) ? [] : [`${thing} is no confirmed collection`];
  }
  const under = known.made.get(thing);
  if (under === undefined) return [`nothing says where ${thing} comes from`];
  if (under !== therapy.coi) return [`${thing} was made for ${under}`];
  const parents = [...madeOf.of(thing)].filter((each) => !/^\["(lot|run|batch)"/.test(each));
  return parents.length === 0 ? [`${thing} was made of nothing`] : [];
}

interface Known {
  readonly lots: ReadonlySet<Thing>;
  /** the therapy that each was collected for */
  readonly collected: ReadonlyMap<Thing, string>;
  readonly confirmed: ReadonlySet<Thing>;
  /** the therapy that each was made for */
  readonly made: ReadonlyMap<Thing, string>;
}

const KNOWN = new WeakMap<Account, Known>();

function knownThings(account: Account): Known {
  const before = KNOWN.get(account);
  if (before) return before;
  const collections = account.of('custody:CollectItem');
  const known: Known = {
    lots: new Set(account.of('manufacturing:RegisterLot').map(({ body }) => lotOf(body.lot))),
    collected: new Map(collections.map(({ body }) => [itemOf(body.item), body.coi])),
    confirmed: new Set(
      account
        .of('custody:ConfirmCollection')
        .filter(({ body, actor, index }) =>
          collections.some(
            (each) =>
              each.body.item === body.item &&
              each.body.coi === body.coi &&
              each.actor !== actor &&
              each.index < index,
          ),
        )
        .map(({ body }) => itemOf(body.item)),
    ),
    made: new Map([
      ...account
        .of('custody:DeriveItem')
        .flatMap(({ body }) =>
          body.children.map(({ item }): [Thing, string] => [itemOf(item), body.coi]),
        ),
      ...account
        .of('manufacturing:SubmitDesign')
        .map(({ body }): [Thing, string] => [designOf(body.coi, body.design), body.coi]),
      ...account
        .of('manufacturing:ReportStep')
        .flatMap(({ body }): [Thing, string][] => [
          [stepOf(body.coi, body.step, body.attempt), body.coi],
          ...body.outputs.map(({ item }): [Thing, string] => [itemOf(item), body.coi]),
          ...body.datasets.map(({ id }): [Thing, string] => [datasetOf(body.coi, id), body.coi]),
        ]),
    ]),
  };
  KNOWN.set(account, known);
  return known;
}
