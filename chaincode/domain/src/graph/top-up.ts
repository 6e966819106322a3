import { stepOf } from '../nouns/process-definition.js';
import { refOf } from '../nouns/reference.js';
import { effectiveOf } from '../nouns/signed.js';
import type { StepAttempt } from '../nouns/step.js';
import { isSameSubject, isSetAside } from '../nouns/subject.js';
import { milliseconds } from '../values/time.js';
import { shareSubject } from './evidence.js';
import { ofItsRun } from './failed-runs.js';
import { everyResultOf } from './results.js';
import { setAsideBy } from './set-aside.js';
import type { WholeTherapy } from './whole.js';

/**
 * Whether what was too little in an attempt was topped up in a way that the definition has (C1): a later attempt on the
 * same thing, which nobody set aside, passes the check. Of a `sum` that attempt reports what all of them gave together.
 */
export function isToppedUp(
  whole: WholeTherapy,
  attempt: StepAttempt,
  check: string,
  way: 'sum' | 'later',
): boolean {
  const { report } = attempt;
  const of = stepOf(whole.definition, attempt.step)?.checks.find(({ code }) => code === check);
  if (!report || of?.kind !== 'range' || of.topUp !== way) return false;
  return [...whole.attempts.values()].some(
    (later) =>
      later.report !== undefined &&
      milliseconds(effectiveOf(later.report)) > milliseconds(effectiveOf(report)) &&
      !isSetAside(later) &&
      shareSubject(whole, attempt, later) &&
      isPassed(whole, later, check),
  );
}

/**
 * Why what an attempt gave together with others before it is no sum any more (C1): since then one of them was entered in
 * error, or rejected for more than being too little, or its run's owner found something of the run, such as that its own
 * controls failed.
 */
export function findingsInSum(whole: WholeTherapy, attempt: StepAttempt): readonly StepAttempt[] {
  const sum = attempt.report;
  if (!sum) return [];
  return [...whole.attempts.values()].flatMap((part) => {
    if (!part.report) return [];
    if (part === attempt || !shareSubject(whole, attempt, part)) return [];
    if (milliseconds(part.report.time) > milliseconds(sum.time)) return [];
    if (!wasTooLittle(whole, part)) return [];
    const found = ofItsRun(part);
    const blockers = part.blockers.filter((blocker) => {
      const isOfRun = found.includes(blocker);
      if (!isOfRun && blocker.code === 'RESULT_OUT_OF_LIMITS') return false;
      const by = isOfRun
        ? whole.deviations.get(blocker.id)?.opened
        : setAsideBy(whole, part, blocker);
      return by !== undefined && milliseconds(by.time) >= milliseconds(sum.time);
    });
    return blockers.length > 0 ? [{ ...part, blockers }] : [];
  });
}

/** Whether an attempt came to less than a check wants that counts a sum, whatever its results count for now. */
function wasTooLittle({ definition, deviations }: WholeTherapy, attempt: StepAttempt): boolean {
  const ref = refOf(attempt);
  const sums = (stepOf(definition, attempt.step)?.checks ?? [])
    .filter((check) => check.kind === 'range' && check.topUp === 'sum')
    .map(({ code }) => code);
  return [...deviations.values()].some(
    ({ code, found = '', subjects }) =>
      code === 'RESULT_OUT_OF_LIMITS' &&
      sums.includes(found) &&
      subjects.some((each) => isSameSubject(each.ref, ref)),
  );
}

function isPassed(whole: WholeTherapy, attempt: StepAttempt, check: string): boolean {
  const found = everyResultOf(whole, attempt).filter((each) => each.check === check);
  return found.length > 0 && found.every(({ verdict }) => verdict === 'pass');
}
