import type { Account } from '../account/account.js';
import type { Said } from '../account/said.js';
import { itemOf } from '../account/things.js';
import type { ItemDefinition } from '../definition.js';
import { type Matter, type Trouble, troublesIn } from '../matter.js';
import { kindOf } from './a2.js';

type Readings = Said<'custody:RecordReadings'>;

/** Temperatures outside the range of a thing's kind, since the last reading that was within (D1). */
export function excursions(matter: Matter): Trouble[] {
  const { account, therapy } = matter;
  return account.ever('custody:RecordReadings').flatMap((said): Trouble[] => {
    const kind = kindOf(matter, said.body.item);
    const range = therapy.definition.items.find(({ code }) => code === kind);
    const outside = range ? timesOutside(said, range) : [];
    if (!range || outside.length === 0) return [];
    const since = lastWithin(account, said.body.item, range, Math.min(...outside));
    return conditionIn(matter, said, 'excursion', since);
  });
}

/** Things that somebody lost: since they were last used, for then they were there (D1). */
export function losses(matter: Matter): Trouble[] {
  const { account } = matter;
  const lost = account.ever('custody:ReportLoss');
  const disposedOf = account
    .ever('custody:DisposeItem')
    .filter(({ body }) => body.method === 'lost');
  const found = account
    .ever('custody:ReportFound')
    .filter(({ body, index }) =>
      lost.some((each) => each.body.item === body.item && each.index < index),
    );
  const since = (said: OfCondition) => lastUse(account, said) + 1;
  return [
    ...[...lost, ...disposedOf].flatMap((said) => conditionIn(matter, said, 'lost', since(said))),
    ...found.flatMap((said) => conditionIn(matter, said, 'found again', since(said))),
  ];
}

type OfCondition =
  | Said<'custody:RecordReadings'>
  | Said<'custody:ReportLoss'>
  | Said<'custody:ReportFound'>
  | Said<'custody:DisposeItem'>;

function conditionIn(
  matter: Matter,
  said: OfCondition,
  why: string,
  since: number | undefined,
): Trouble[] {
  const item = itemOf(said.body.item);
  return troublesIn(matter, said, [item], why).map((trouble) =>
    since === undefined || trouble.about !== item ? trouble : { ...trouble, since },
  );
}

/** When something was last made of a thing before a word; its own making where nothing was. */
function lastUse({ origins }: Account, { body, index }: OfCondition): number {
  const item = itemOf(body.item);
  const times = [...origins.madeAt]
    .filter(
      ([made]) =>
        made === item ||
        (origins.madeOf.of(made).has(item) && (origins.saidAt.get(made) ?? Infinity) < index),
    )
    .map(([, time]) => time);
  return Math.max(-1, ...times);
}

function timesOutside({ body }: Readings, range: ItemDefinition): number[] {
  return body.readings
    .filter(({ temperatureC }) => !within(temperatureC, range))
    .map(({ at }) => Date.parse(at));
}

function lastWithin(
  account: Account,
  item: string,
  range: ItemDefinition,
  before: number,
): number | undefined {
  const times = account
    .of('custody:RecordReadings')
    .filter(({ body }) => body.item === item)
    .flatMap(({ body }) => body.readings)
    .filter(({ temperatureC }) => within(temperatureC, range))
    .map(({ at }) => Date.parse(at))
    .filter((at) => at < before);
  return times.length === 0 ? undefined : Math.max(...times);
}

function within(temperatureC: number, range: ItemDefinition): boolean {
  const { temperatureMinC = -Infinity, temperatureMaxC = Infinity } = range;
  return temperatureC >= temperatureMinC && temperatureC <= temperatureMaxC;
}
