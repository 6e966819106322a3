import type { Account } from '../account/account.js';
import type { Said } from '../account/said.js';
import { itemOf } from '../account/things.js';
import type { ItemDefinition } from '../definition.js';
import type { Matter, Trouble } from '../matter.js';
import { kindOf } from './a2.js';

type Readings = Said<'custody:RecordReadings'>;

/** Temperatures outside the range of a thing's kind, since the last reading that was within (D1). */
export function excursions(matter: Matter): Trouble[] {
  const { account, therapy } = matter;
  return account.of('custody:RecordReadings').flatMap((said): Trouble[] => {
    if (account.isSettled(said)) return [];
    const kind = kindOf(matter, said.body.item);
    const range = therapy.definition.items.find(({ code }) => code === kind);
    const outside = range ? timesOutside(said, range) : [];
    if (!range || outside.length === 0) return [];
    const since = lastWithin(account, said.body.item, range, Math.min(...outside));
    return [
      {
        about: itemOf(said.body.item),
        why: 'excursion',
        ...(since === undefined ? {} : { since }),
      },
    ];
  });
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
