import { aboutOf, MAKING, outputsOf, usedBy } from '../account/about.js';
import type { Account } from '../account/account.js';
import { effectiveTime, isOf, type Said } from '../account/said.js';
import { itemOf, stepOf, type Thing } from '../account/things.js';
import { troublesIn } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';

/** A fact is not before what it is about, nor before its therapy; a reading lies within its journey. */
export const F1: Clause = {
  id: 'F1',
  gates: EVERY_GATE,
  forbids: (matter) => {
    const { account, therapy } = matter;
    const began = existence(account);
    return [...MAKING, 'care:VerifyBedside' as const, 'quality:ShortenExpiry' as const]
      .flatMap((type): readonly Said[] => account.ever(type))
      .flatMap((said) => {
        const earliest = Math.min(...timesOf(said)) + CLOCKS_MS;
        const later = [
          ...drawnFrom(said).filter(
            (thing) => earliest < (began.get(thing) ?? -Infinity) && wasKnown(account, thing, said),
          ),
          ...receivedAfter(account, said, earliest),
        ];
        const isBefore =
          later.length > 0 ||
          earliest < therapy.ordered.at ||
          earliest < released(account, said) ||
          earliest < begun(account, said);
        if (!isBefore) return [];
        return troublesIn(matter, said, [...aboutOf(said), ...later], `${said.type} is before it`);
      })
      .filter((trouble) => matter.reaches(trouble))
      .map(({ about, why }) => `${about}: ${why}`);
  },
};

/** By how much two clocks may differ: as much as a command may be ahead of its transaction. */
const CLOCKS_MS = 2 * 60_000;

function timesOf(said: Said): readonly number[] {
  const readings = isOf(said, 'custody:RecordReadings')
    ? said.body.readings.map(({ at }) => Date.parse(at))
    : [];
  return [said.at, ...readings];
}

/** What a word uses, and of a design the ranking too. */
function drawnFrom(said: Said): readonly Thing[] {
  if (!isOf(said, 'manufacturing:SubmitDesign')) return usedBy(said);
  const { coi, ranking } = said.body;
  return [...usedBy(said), stepOf(coi, ranking.step, ranking.attempt)];
}

/** Whether somebody had said before where a thing comes from: otherwise it is identified later, which is looked at. */
function wasKnown({ origins }: Account, thing: Thing, { index }: Said): boolean {
  return (origins.saidAt.get(thing) ?? Infinity) < index;
}

/** When what somebody says to have received was released to them. */
function released(account: Account, said: Said): number {
  if (!isOf(said, 'custody:ReceiveItem')) return -Infinity;
  const times = account
    .ever('custody:ReleaseItem')
    .filter(
      ({ body, index }) =>
        index < said.index && body.item === said.body.item && body.handOff === said.body.handOff,
    )
    .map(effectiveTime);
  return Math.max(-Infinity, ...times);
}

/** What those who use it received only after a time. */
function receivedAfter(account: Account, said: Said, time: number): readonly Thing[] {
  const used = isOf(said, 'custody:RecordReadings') ? [] : usedBy(said);
  return account
    .ever('custody:ReceiveItem')
    .filter((each) => each.index < said.index && each.organisation === said.organisation)
    .filter((each) => time < effectiveTime(each))
    .map(({ body }) => itemOf(body.item))
    .filter((thing) => used.includes(thing));
}

/** When a reported attempt was begun, where somebody asked for its permission before. */
function begun(account: Account, said: Said): number {
  if (!isOf(said, 'manufacturing:ReportStep')) return -Infinity;
  const { coi, step, attempt } = said.body;
  const starts = account
    .of('manufacturing:StartStep')
    .filter(({ body, index }) => index < said.index && body.coi === coi)
    .filter(({ body }) => body.step === step && body.attempt === attempt);
  return Math.max(-Infinity, ...starts.map(effectiveTime));
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
