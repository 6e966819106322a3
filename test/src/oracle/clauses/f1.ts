import { aboutOf, MAKING, outputsOf, usedBy } from '../account/about.js';
import type { Account } from '../account/account.js';
import { effectiveTime, isOf, type Said } from '../account/said.js';
import type { Thing } from '../account/things.js';
import { type Clause, EVERY_GATE } from './clause.js';

/** A fact is not before what it is about, nor before its therapy; a reading lies within its journey. */
export const F1: Clause = {
  id: 'F1',
  gates: EVERY_GATE,
  forbids: (matter) => {
    const { account, therapy } = matter;
    const began = existence(account);
    return MAKING.flatMap((type): readonly Said[] => account.of(type))
      .filter((said) => !account.isSettled(said))
      .filter(
        (said) =>
          timesOf(said).some((time) => time < therapy.ordered.at) ||
          usedBy(said).some((thing) =>
            timesOf(said).some((time) => time < (began.get(thing) ?? -Infinity)),
          ),
      )
      .flatMap((said) =>
        aboutOf(said).map((about) => ({ about, why: `${said.type} is before it` })),
      )
      .filter((trouble) => matter.reaches(trouble))
      .map(({ about, why }) => `${about}: ${why}`);
  },
};

function timesOf(said: Said): readonly number[] {
  const readings = isOf(said, 'custody:RecordReadings')
    ? said.body.readings.map(({ at }) => Date.parse(at))
    : [];
  return [said.at, ...readings];
}

/** When each thing began to exist, by effective time. */
function existence(account: Account): ReadonlyMap<Thing, number> {
  const began = new Map<Thing, number>();
  const makings = [
    ...account.of('custody:CollectItem'),
    ...account.of('custody:DeriveItem'),
    ...account.of('manufacturing:ReportStep'),
    ...account.of('manufacturing:SubmitDesign'),
    ...account.of('manufacturing:RecordBatch'),
  ];
  for (const said of makings.toSorted((one, other) => one.index - other.index)) {
    for (const thing of [...aboutOf(said), ...outputsOf(said)]) {
      if (!began.has(thing)) began.set(thing, effectiveTime(said));
    }
  }
  return began;
}
