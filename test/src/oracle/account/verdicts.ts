import {
  attestedBy,
  type Check,
  type CheckClass,
  type Limits,
  type StepDefinition,
} from '../definition.js';
import type { Account } from './account.js';
import { hasNoResult, passedNothing } from './run-failures.js';
import type { Said } from './said.js';

/** How one check of a report came out. */
export interface Outcome {
  readonly check: string;
  readonly class: CheckClass;
  readonly control: boolean;
  readonly verdict: 'pass' | 'fail' | 'missing';
}

type Report = Said<'manufacturing:ReportStep'>;
type Submission = Said<'manufacturing:SubmitDesign'>;

/** The definition of a report's step; undefined for a step that the process does not have. */
export function stepDefinition(account: Account, { body }: Report): StepDefinition | undefined {
  return account.therapy(body.coi).definition.steps.find((each) => each.id === body.step);
}

/** Every check of a design against what its designer measured. */
export function designOutcomes(account: Account, submission: Submission): readonly Outcome[] {
  const { definition } = account.therapy(submission.body.coi);
  return attestedBy(definition, 'manufacturing:ApproveDesign')
    .flatMap(({ checks }) => checks)
    .map((check) => ({
      check: check.code,
      class: check.class,
      control: check.control === true,
      verdict: measuredVerdict(resultsOf(submission), check),
    }));
}

/**
 * How every check of a step came out, by what its report measured and what was found of its run: without controls nothing
 * passed and nothing failed (C1), where one person alone says so or with samples mixed up nothing passed (C2).
 */
export function outcomesOf(account: Account, report: Report): readonly Outcome[] {
  const outcomes = measuredOutcomes(account, report);
  const none = hasNoResult(account, report) || outcomes.some(isFailedControl);
  if (!none && !passedNothing(account, report)) return outcomes;
  return outcomes.map((each) =>
    none || each.verdict === 'pass' ? { ...each, verdict: 'missing' } : each,
  );
}

/** Whether a control of the run did not hold, by what its report measured: then nothing else in that is a result (C1). */
export function isFailedControl({ control, verdict }: Outcome): boolean {
  return control && verdict === 'fail';
}

/** Every check of a step against what its report measured. */
export function measuredOutcomes(account: Account, report: Report): readonly Outcome[] {
  const checks = stepDefinition(account, report)?.checks ?? [];
  return checks.map((check) => ({
    check: check.code,
    class: check.class,
    control: check.control === true,
    verdict: verdictOf(account, report, check),
  }));
}

/** How one check of a report came out; undefined for one that its step does not have. */
export function resultOf(
  account: Account,
  report: Report,
  check: string,
): Outcome['verdict'] | undefined {
  return outcomesOf(account, report).find((each) => each.check === check)?.verdict;
}

function verdictOf(account: Account, report: Report, check: Check): Outcome['verdict'] {
  if (check.kind === 'design-commitment') {
    const { coi, design, sequenceCommitment } = report.body;
    if (sequenceCommitment === undefined) return 'missing';
    const designs = account
      .of('manufacturing:SubmitDesign')
      .filter(({ body }) => body.coi === coi && body.design === design);
    const agrees = designs.some(({ digests }) => digests['sequence'] === sequenceCommitment);
    return agrees ? 'pass' : 'fail';
  }
  return measuredVerdict(resultsOf(report), check);
}

function measuredVerdict(results: ReadonlyMap<string, unknown>, check: Check): Outcome['verdict'] {
  if (check.kind === 'any-of') {
    const measured = (check.ranges ?? []).filter(({ code }) => results.has(code));
    if (measured.length === 0) return 'missing';
    return measured.some((range) => within(results.get(range.code), range)) ? 'pass' : 'fail';
  }
  const value = results.get(check.code);
  if (value === undefined) return 'missing';
  if (check.kind === 'conforms') return value === true ? 'pass' : 'fail';
  return within(value, check) ? 'pass' : 'fail';
}

function within(value: unknown, { min = -Infinity, max = Infinity }: Limits): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

/** What a report's annex says was measured of one check. */
export function measured(report: Pick<Said, 'annexes'>, check: string): unknown {
  return resultsOf(report).get(check);
}

/** What a report's annex says was measured, by check. */
export function resultsOf({ annexes }: Pick<Said, 'annexes'>): ReadonlyMap<string, unknown> {
  const { results = [] } = (annexes['results'] ?? {}) as {
    results?: readonly { check: string; value: unknown }[];
  };
  return new Map(results.map(({ check, value }) => [check, value]));
}
