import type { Ancestry } from '../graph/ancestry.js';
import { evidenceOf, shareSubject } from '../graph/evidence.js';
import { nameOfAttempt } from '../graph/links.js';
import { isTest } from '../graph/process-kinds.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import { type Check, stepOf } from '../nouns/process-definition.js';
import type { Reason, Verdict } from '../nouns/reason.js';
import type { StepAttempt } from '../nouns/step.js';
import type { CheckClass } from '../values/words.js';
import { reasonsOfBlockers } from './blocks.js';

/** What no disposition makes good. */
const NEVER_BY_RISK: ReadonlySet<CheckClass> = new Set(['identity', 'safety']);

/**
 * What the tests say against something: all attempts on it count, and a later one that passes takes nothing away
 * (C1, C5). A failed check of identity or safety stands whatever quality decides on it, and so does one that nobody has done
 * (C2); any other stands until it is disposed of.
 * @param retested the step that would be done again, whose own attempts are no reason against that
 */
export function reasonsOfEvidence(
  whole: WholeTherapy,
  ancestry: Ancestry,
  retested?: string,
): readonly Reason[] {
  const others = evidenceOf(whole, ancestry).filter(({ step }) => step !== retested);
  const all = [...ancestry.attempts, ...others];
  return [
    ...others.flatMap(reasonsOfOpen),
    ...all.flatMap((attempt) => reasonsOfFailures(whole, attempt)),
    ...ancestry.attempts.flatMap((attempt) => reasonsOfMissing(whole, attempt, all)),
    ...ancestry.designs.flatMap(({ id, verdicts }) =>
      reasonsOfVerdicts(checksOfDesign(whole), verdicts, `design ${id}`, ['fail', 'missing']),
    ),
  ];
}

/** An attempt that was set aside stands for nothing, but that a check failed in it. */
function reasonsOfOpen(attempt: StepAttempt): readonly Reason[] {
  const failed = verdictsOf(attempt).some(({ verdict }) => verdict === 'fail');
  const blockers = attempt.blockers.filter(({ kind }) => failed || kind !== 'rejected');
  return reasonsOfBlockers({ ...attempt, blockers });
}

function reasonsOfFailures({ definition }: WholeTherapy, attempt: StepAttempt): readonly Reason[] {
  const checks = stepOf(definition, attempt.step)?.checks ?? [];
  const subject = `step ${nameOfAttempt(attempt)}`;
  return reasonsOfVerdicts(checks, verdictsOf(attempt), subject, ['fail']);
}

/** Of all that was reported of an attempt, the first time and later. */
function verdictsOf({ report, repeated = [] }: StepAttempt): readonly Verdict[] {
  return [...(report?.verdicts ?? []), ...repeated.flatMap(({ verdicts }) => verdicts)];
}

/** What a test did not answer, another attempt on the same thing may; what a step made, only its own report. */
function reasonsOfMissing(
  whole: WholeTherapy,
  attempt: StepAttempt,
  all: readonly StepAttempt[],
): readonly Reason[] {
  const step = stepOf(whole.definition, attempt.step);
  const verdicts = attempt.report?.verdicts ?? [];
  if (!step || verdicts.every(({ verdict }) => verdict !== 'missing')) return [];
  const again = isTest(step) ? all.filter((other) => shareSubject(whole, attempt, other)) : [];
  const unanswered = verdicts.filter(
    ({ check }) => !again.some(({ report }) => isPassed(report?.verdicts ?? [], check)),
  );
  return reasonsOfVerdicts(step.checks, unanswered, `step ${nameOfAttempt(attempt)}`, ['missing']);
}

function isPassed(verdicts: readonly Verdict[], check: string): boolean {
  return verdicts.some((each) => each.check === check && each.verdict === 'pass');
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
): readonly Reason[] {
  return verdicts.flatMap(({ check, verdict }) => {
    const of = checks.find(({ code }) => code === check)?.class;
    if (of === undefined || !NEVER_BY_RISK.has(of) || !against.includes(verdict)) return [];
    const expected = `${check} passed`;
    return verdict === 'fail'
      ? [{ code: 'CHECK_FAILED', subject, expected, found: `${of} failed` }]
      : [{ code: 'RESULT_MISSING', subject, expected, found: 'no result' }];
  });
}
