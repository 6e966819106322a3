import type { Ancestry } from '../graph/ancestry.js';
import { nameOfAttempt } from '../graph/links.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Batch } from '../nouns/batch.js';
import type { Item } from '../nouns/item.js';
import type { Reason, StatedReason } from '../nouns/reason.js';
import { refOf } from '../nouns/reference.js';
import type { BlockableEntity } from '../nouns/registry.js';
import { lotsOf, reportsOf, type StepAttempt } from '../nouns/step.js';
import { nameOf } from '../nouns/subject.js';
import type { Therapy } from '../nouns/therapy.js';
import { milliseconds } from '../values/time.js';
import { blockersInReach } from './reach.js';

const BLOCKER_REASONS = {
  deviation: 'DEVIATION_OPEN',
  hold: 'ON_HOLD',
  rejected: 'REJECTED',
  annulled: 'ENTERED_IN_ERROR',
  halt: 'THERAPY_HALTED',
} as const;

/** One reason for each deviation, hold, rejection or halt that stands in a thing's record. */
export function reasonsOfBlockers(entity: BlockableEntity): readonly Reason[] {
  return entity.blockers.map((blocker) => ({
    code: BLOCKER_REASONS[blocker.kind],
    subject: nameOf(refOf(entity)),
    found: blocker.code,
  }));
}

/** A therapy and the things of it that something may stand against. */
export type Blocked = Pick<
  WholeTherapy,
  'therapy' | 'items' | 'attempts' | 'datasets' | 'designs' | 'batches'
>;

/** The deviations, holds and rejections behind a reason, by their ids: another one of the same code is another. */
export function blockersBehind(
  { therapy, items, attempts, datasets, designs, batches }: Blocked,
  { code, subject, found }: StatedReason,
): readonly string[] {
  const things = [items, attempts, datasets, designs, batches].flatMap((each) => [
    ...each.values(),
  ]);
  return [therapy, ...things]
    .filter((thing) => nameOf(refOf(thing)) === subject)
    .flatMap(({ blockers }) => blockers)
    .filter((blocker) => BLOCKER_REASONS[blocker.kind] === code && blocker.code === found)
    .map(({ id }) => id);
}

/** That somebody ended the therapy: what begins something in it asks this, where it does not ask of all that blocks. */
export function reasonsOfHalt(therapy: Therapy): readonly Reason[] {
  return reasonsOfBlockers(therapy).filter(({ code }) => code === 'THERAPY_HALTED');
}

/**
 * What stands against anything upstream, however many steps away (A4, D1): deviations without a disposition, holds,
 * rejections, hand-offs that were not accepted, labels that nobody verified, recalls, lots past their expiry when they were used.
 */
export function reasonsOfBlocks(whole: WholeTherapy, ancestry: Ancestry): readonly Reason[] {
  const { items, attempts, datasets, designs, batches } = ancestry;
  return [
    ...items.flatMap((item) =>
      reasonsOfBlockers({ ...item, blockers: blockersInReach(item, ancestry) }),
    ),
    ...[...attempts, ...datasets, ...designs, ...batches].flatMap(reasonsOfBlockers),
    ...items.flatMap(reasonsOfHandOff),
    ...items.flatMap(reasonsOfRelabelling),
    ...batches.flatMap(reasonsOfRecall),
    ...attempts.flatMap((attempt) => reasonsOfLots(whole, attempt)),
    ...attempts.flatMap((attempt) => reasonsOfInputTimes(whole, attempt)),
    ...reasonsOfBlockers(whole.therapy),
  ];
}

/**
 * What a receiver turned down deviated, and so did what was lost or disposed of under way, which nobody receives any more: it
 * is usable, or what was made of it before is, once quality has disposed of that.
 */
function reasonsOfHandOff({ id, custody, handOff, cleared = [] }: Item): readonly Reason[] {
  if (!handOff || handOff.verdict === 'accepted') return [];
  const isOver = handOff.verdict !== 'pending' || custody === 'lost' || custody === 'disposed';
  if (isOver && cleared.length > 0) return [];
  const subject = `item ${id}`;
  return [{ code: 'HAND_OFF_NOT_ACCEPTED', subject, expected: 'accepted', found: handOff.verdict }];
}

/** Of each label that one person alone says was put in the place of another, a second one reads both before it goes on. */
export function reasonsOfRelabelling({ id, relabellings = [] }: Item): readonly Reason[] {
  return relabellings
    .filter(({ verified, annulled }) => !verified && !annulled)
    .map(({ label: found }) => ({
      code: 'RELABELLING_NOT_VERIFIED',
      subject: `item ${id}`,
      expected: 'a second person who read both labels',
      found,
    }));
}

function reasonsOfRecall({ id, recall }: Batch): readonly Reason[] {
  return recall ? [{ code: 'RECALLED', subject: `batch ${id}`, found: recall.reason }] : [];
}

/** Of each lot that any report of an attempt names: a recall reaches through all of them. */
function reasonsOfLots(whole: WholeTherapy, attempt: StepAttempt): readonly Reason[] {
  return lotsOf(attempt).flatMap((id): readonly Reason[] => {
    const lot = whole.lots.get(id);
    if (!lot) return [];
    const subject = `lot ${id}`;
    if (lot.recall) return [{ code: 'RECALLED', subject, found: lot.recall.reason }];
    const late = reportsOf(attempt).find(
      ({ lots, at }) => lots.includes(id) && milliseconds(lot.expiry) <= milliseconds(at),
    );
    if (!late) return [];
    const expected = `a use before ${lot.expiry}`;
    const found = `${late.at} in ${nameOfAttempt(attempt)}`;
    return [{ code: 'LOT_EXPIRED', subject, expected, found }];
  });
}

function reasonsOfInputTimes(whole: WholeTherapy, attempt: StepAttempt): readonly Reason[] {
  const { report } = attempt;
  if (!report) return [];
  return report.inputs.flatMap(({ id }) => {
    const useBy = whole.items.get(id)?.useBy;
    if (useBy === undefined || milliseconds(useBy) > milliseconds(report.at)) return [];
    const expected = `a use before ${useBy}`;
    const found = `${report.at} in ${nameOfAttempt(attempt)}`;
    return [{ code: 'EXPIRED', subject: `item ${id}`, expected, found }];
  });
}
