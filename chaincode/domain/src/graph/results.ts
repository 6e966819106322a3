import { type Check, stepOf } from '../nouns/process-definition.js';
import type { Verdict } from '../nouns/reason.js';
import type { StepAttempt } from '../nouns/step.js';
import type { WholeTherapy } from './whole.js';

type Definition = Pick<WholeTherapy, 'definition'>;

/** What an attempt's report says of each check, as {@link validOf} has it. */
export function resultsOf({ definition }: Definition, { step, report }: StepAttempt) {
  return validOf(stepOf(definition, step)?.checks ?? [], report?.verdicts ?? []);
}

/** The same of all that was reported of an attempt, the first time and later. */
export function everyResultOf(whole: Definition, attempt: StepAttempt): readonly Verdict[] {
  const checks = stepOf(whole.definition, attempt.step)?.checks ?? [];
  const again = (attempt.repeated ?? []).flatMap(({ verdicts }) => validOf(checks, verdicts));
  return [...resultsOf(whole, attempt), ...again];
}

/**
 * The results of one run (C1). One whose own control failed has none; one whose control nobody told of passes nothing.
 */
export function validOf(
  checks: readonly Check[],
  verdicts: readonly Verdict[],
): readonly Verdict[] {
  const controls = checks.flatMap(({ control, code }) => (control ? [code] : []));
  if (controls.length === 0) return verdicts;
  const of = (code: string) => verdicts.find(({ check }) => check === code)?.verdict ?? 'missing';
  const isInvalid = controls.some((code) => of(code) === 'fail');
  const isUnknown = controls.some((code) => of(code) === 'missing');
  return verdicts.map(({ check, verdict }) => {
    const isNone = isInvalid || (isUnknown && verdict === 'pass');
    return { check, verdict: isNone && verdict !== 'unexpected' ? 'missing' : verdict };
  });
}

/** The controls of a run that failed. */
export function failedControlsOf(
  checks: readonly Check[],
  verdicts: readonly Verdict[],
): readonly string[] {
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check);
  return checks.flatMap(({ control, code }) => (control && failed.includes(code) ? [code] : []));
}
