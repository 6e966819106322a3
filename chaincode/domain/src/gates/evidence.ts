import type { Ancestry } from '../graph/ancestry.js';
import { comparedBefore } from '../graph/compared.js';
import { evidenceOf, shareSubject } from '../graph/evidence.js';
import { nameOfAttempt } from '../graph/links.js';
import { isTest } from '../graph/process-kinds.js';
import { everyResultOf, resultsOf } from '../graph/results.js';
import { investigationOf, isStoodFor } from '../graph/retest.js';
import { findingsInSum, isToppedUp } from '../graph/top-up.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import { type Investigation, planOf, standOf } from '../nouns/investigation.js';
import { anewFrom, type Check } from '../nouns/check.js';
import { stepOf } from '../nouns/process-definition.js';
import type { Reason, Verdict } from '../nouns/reason.js';
import type { StepAttempt } from '../nouns/step.js';
import type { CheckClass } from '../values/words.js';
import { reasonsOfBlockers } from './blocks.js';

/** What no disposition makes good. */
const NEVER_BY_RISK: ReadonlySet<CheckClass> = new Set(['identity', 'safety']);

/**
 * What the tests say against something: all attempts on it count, and a later one that passes takes nothing away
 * (C1, C5), unless an investigation ended with a cause in the laboratory and the retest that it planned stands for it. A
 * failed check of identity or safety stands whatever quality decides on it, and so does one that nobody has done (C2); any
 * other stands until it is disposed of.
 * @param retested the step that would be done again, whose own attempts are no reason against that; nor is then what an
 *   open investigation plans to test again
 */
export function reasonsOfEvidence(
  whole: WholeTherapy,
  ancestry: Ancestry,
  retested?: string,
): readonly Reason[] {
  const others = evidenceOf(whole, ancestry).filter(({ step }) => step !== retested);
  const all = [...ancestry.attempts, ...others];
  const compared = comparedBefore(whole, ancestry).filter(
    (attempt) =>
      retested === undefined || (attempt.step !== retested && !isBeingRetested(whole, attempt)),
  );
  return [
    ...others.flatMap((attempt) => reasonsOfOpen(whole, attempt)),
    ...[...all, ...compared].flatMap((attempt) => reasonsOfFailures(whole, attempt)),
    ...ancestry.attempts.flatMap((attempt) => reasonsOfMissing(whole, attempt, all)),
    ...ancestry.attempts.flatMap((each) => findingsInSum(whole, each).flatMap(reasonsOfBlockers)),
    ...ancestry.designs.flatMap(({ id, verdicts }) =>
      reasonsOfVerdicts(checksOfDesign(whole), verdicts, `design ${id}`, ['fail', 'missing']),
    ),
  ];
}

/**
 * An attempt that was set aside stands for nothing, but that a check failed in it. That its run's own controls failed says
 * that nothing passed in it; what failed there, as long as it did, is settled as anywhere else (C2).
 */
function reasonsOfOpen(whole: WholeTherapy, attempt: StepAttempt): readonly Reason[] {
  const failed = everyResultOf(whole, attempt).some(
    ({ check, verdict }) =>
      verdict === 'fail' &&
      !isStoodFor(whole, attempt, check) &&
      !isToppedUp(whole, attempt, check, 'later'),
  );
  const blockers = attempt.blockers.filter(
    ({ kind, code }) =>
      (failed && code !== 'RUN_CONTROLS_FAILED') || (kind !== 'rejected' && kind !== 'annulled'),
  );
  return reasonsOfBlockers({ ...attempt, blockers });
}

/** Whether an open investigation has planned a retest for every check of the attempt that failed. */
function isBeingRetested(whole: WholeTherapy, attempt: StepAttempt): boolean {
  return everyResultOf(whole, attempt)
    .filter(({ verdict }) => verdict === 'fail')
    .every(({ check }) => {
      const investigation = investigationOf(whole, attempt, check);
      return investigation && planOf(investigation) && !investigation.conclusion?.concluded;
    });
}

function reasonsOfFailures(whole: WholeTherapy, attempt: StepAttempt): readonly Reason[] {
  return reasonsOfAttempt(whole, attempt, everyResultOf(whole, attempt), ['fail']);
}

/** What a test did not answer, another attempt on the same thing may; what a step made, only its own report. */
function reasonsOfMissing(
  whole: WholeTherapy,
  attempt: StepAttempt,
  all: readonly StepAttempt[],
): readonly Reason[] {
  const step = stepOf(whole.definition, attempt.step);
  const verdicts = resultsOf(whole, attempt);
  if (!step || verdicts.every(({ verdict }) => verdict !== 'missing')) return [];
  const again = isTest(step) ? all.filter((other) => shareSubject(whole, attempt, other)) : [];
  const unanswered = verdicts.filter(
    ({ check }) => !again.some((other) => isPassed(resultsOf(whole, other), check)),
  );
  return reasonsOfAttempt(whole, attempt, unanswered, ['missing']);
}

function isPassed(verdicts: readonly Verdict[], check: string): boolean {
  return verdicts.some((each) => each.check === check && each.verdict === 'pass');
}

/** What verdicts of an attempt say against it, with the investigation into each, where no retest stands for it. */
function reasonsOfAttempt(
  whole: WholeTherapy,
  attempt: StepAttempt,
  verdicts: readonly Verdict[],
  against: readonly Verdict['verdict'][],
): readonly Reason[] {
  const checks = stepOf(whole.definition, attempt.step)?.checks ?? [];
  const open = verdicts.filter(({ check }) => !isStoodFor(whole, attempt, check));
  return reasonsOfVerdicts(checks, open, `step ${nameOfAttempt(attempt)}`, against, (check) =>
    investigationOf(whole, attempt, check),
  );
}

function checksOfDesign({ definition }: WholeTherapy): readonly Check[] {
  return definition.steps
    .filter(({ attestedBy }) => attestedBy === 'manufacturing:ApproveDesign')
    .flatMap(({ checks }) => checks);
}

function reasonsOfVerdicts(
  checks: readonly Check[],
  verdicts: readonly Verdict[],
  subject: string,
  against: readonly Verdict['verdict'][],
  investigation: (check: string) => Investigation | undefined = () => undefined,
): readonly Reason[] {
  return verdicts.flatMap(({ check, verdict }): readonly Reason[] => {
    const { class: of, leadsOn } = checks.find(({ code }) => code === check) ?? {};
    if (of === undefined || !NEVER_BY_RISK.has(of) || !against.includes(verdict)) return [];
    const looked = investigation(check);
    const into = looked ? `, ${standOf(looked)}` : '';
    if (verdict === 'missing') {
      const found = `no result${into}`;
      return [{ code: 'RESULT_MISSING', subject, expected: `${check} passed`, found }];
    }
    const anew = leadsOn ? `, or ${anewFrom(leadsOn)}` : '';
    const expected = `${check} passed${anew}`;
    return [{ code: 'CHECK_FAILED', subject, expected, found: `${of} failed${into}` }];
  });
}
