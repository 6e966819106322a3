import type { Concerned, Deviation } from '../nouns/deviation.js';
import { refOf } from '../nouns/reference.js';
import type { Signed } from '../nouns/signed.js';
import { block, isSameSubject, type SubjectRef } from '../nouns/subject.js';
import type { BlockableEntity } from '../nouns/registry.js';
import type { StepAttempt } from '../nouns/step.js';
import { isBefore, later, milliseconds } from '../values/time.js';
import { type CheckFound, checkFoundIn, groundFor } from './failed-check.js';
import type { Link } from './links.js';
import { setAsideBy } from './set-aside.js';
import { upstreamOf } from './upstream.js';
import type { WholeTherapy } from './whole.js';

/**
 * The therapy in which each failed check is open again whose use quality permitted because a retest or a further amount
 * stood for it, and nothing does any more (C1): that was entered in error, was rejected, failed when it was told once more,
 * was done on what has no name any more, or its investigation was an error.
 */
export function withoutLapsed(whole: WholeTherapy): WholeTherapy {
  const open = [...whole.deviations.values()].flatMap((each) => openAgain(whole, each) ?? []);
  if (open.length === 0) return whole;
  const blocked = <T extends BlockableEntity>(things: ReadonlyMap<string, T>) =>
    new Map([...things].map(([name, thing]) => [name, stopped(thing, open)]));
  return {
    ...whole,
    attempts: blocked(whole.attempts),
    batches: blocked(whole.batches),
    deviations: new Map([
      ...whole.deviations,
      ...open.map(({ deviation }) => [deviation.id, deviation] as const),
    ]),
  };
}

interface OpenAgain {
  readonly deviation: Deviation;
  readonly refs: readonly SubjectRef[];
}

function openAgain(whole: WholeTherapy, deviation: Deviation): OpenAgain | undefined {
  const resting = deviation.subjects.filter(({ disposition }) => disposition?.restsOn);
  if (resting.length === 0) return undefined;
  const found = checkFoundIn(whole, deviation);
  if (!found || groundFor(whole, found)) return undefined;
  const since = lostSince(whole, found, resting);
  const subjects = deviation.subjects.map((each) =>
    resting.includes(each) ? { ref: each.ref } : each,
  );
  return {
    deviation: { ...deviation, subjects, ...(since ? { reopened: since } : {}) },
    refs: resting.map(({ ref }) => ref),
  };
}

function stopped<T extends BlockableEntity>(thing: T, open: readonly OpenAgain[]): T {
  const ref = refOf(thing);
  return open
    .filter(({ refs }) => refs.some((each) => isSameSubject(each, ref)))
    .reduce<T>(
      (before, { deviation: { id, code } }) => block(before, { kind: 'deviation', id, code }),
      thing,
    );
}

/** By whose word what stood for the check stands for it no more: the first that came after the last permission. */
function lostSince(
  whole: WholeTherapy,
  { attempt, check }: CheckFound,
  resting: readonly Concerned[],
): Signed | undefined {
  const permitted = resting.flatMap(({ disposition }) => disposition?.time ?? []).reduce(later);
  const others = [...whole.attempts.values()].filter(({ step }) => step === attempt.step);
  const errors = whole.investigations.filter(
    (each) =>
      each.step === attempt.step && each.attempt === attempt.attempt && each.check === check,
  );
  const words = [
    ...namelessIn(whole, others),
    ...others.flatMap((each) => [
      ...each.blockers.flatMap((blocker) => setAsideBy(whole, each, blocker) ?? []),
      ...(each.repeated ?? []),
    ]),
    ...errors.flatMap(({ annulled, phases }) => [...(annulled ? [annulled] : []), ...phases]),
  ];
  return words
    .filter(({ time }) => !isBefore(time, permitted))
    .sort((one, other) => milliseconds(one.time) - milliseconds(other.time))[0];
}

/**
 * By whose word nobody knows any more what something is that attempts were done on: what they say is then of no sample that
 * was planned, and adds to nothing.
 */
function namelessIn(
  whole: WholeTherapy,
  attempts: readonly Pick<StepAttempt, 'step' | 'attempt'>[],
): readonly Signed[] {
  const { items } = upstreamOf(
    whole,
    attempts.map(({ step, attempt }): Link => ({ kind: 'step', step, attempt })),
  );
  const refs = items.map(refOf);
  return [...whole.deviations.values()]
    .filter(
      ({ code, subjects }) =>
        code === 'UNIDENTIFIED_ITEM' &&
        subjects.some(({ ref }) => refs.some((each) => isSameSubject(each, ref))),
    )
    .map(({ opened }) => opened);
}
