import { stepOf } from '../nouns/process-definition.js';
import { effectiveOf } from '../nouns/signed.js';
import type { StepAttempt } from '../nouns/step.js';
import { isSetAside } from '../nouns/subject.js';
import { milliseconds } from '../values/time.js';
import { shareSubject } from './evidence.js';
import { everyResultOf } from './results.js';
import type { WholeTherapy } from './whole-therapy.js';

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

function isPassed(whole: WholeTherapy, attempt: StepAttempt, check: string): boolean {
  const found = everyResultOf(whole, attempt).filter((each) => each.check === check);
  return found.length > 0 && found.every(({ verdict }) => verdict === 'pass');
}
