import { type Investigation, planOf, type RetestPlan } from '../nouns/investigation.js';
import { stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { effectiveOf, principalOf } from '../nouns/signed.js';
import type { StepAttempt, StepReport } from '../nouns/step.js';
import { milliseconds } from '../values/time.js';
import { areSamplesOf } from './evidence.js';
import { type Link, nameOfAttempt } from './links.js';
import { everyResultOf, validOf } from './results.js';
import { upstreamOf } from './upstream.js';
import type { WholeTherapy } from './whole.js';

/** The latest investigation into a check of an attempt; what was entered in error is none. */
export function investigationOf(
  { investigations }: WholeTherapy,
  { step, attempt }: Pick<StepAttempt, 'step' | 'attempt'>,
  check: string,
): Investigation | undefined {
  return investigations
    .filter(
      (each) =>
        each.step === step && each.attempt === attempt && each.check === check && !each.annulled,
    )
    .toSorted((one, other) => begunAt(one) - begunAt(other))
    .at(-1);
}

function begunAt({ phases: [first] }: Investigation): number {
  return first ? milliseconds(first.time) : 0;
}

/**
 * Whether it was reported of an attempt, after somebody first signed what an investigation found, that the check failed or
 * came to no result once more: of that the investigation says nothing (C3).
 */
export function isOvertaken(
  { definition }: WholeTherapy,
  { step, report, repeated = [] }: StepAttempt,
  { check, conclusion }: Investigation,
): boolean {
  const [first] = conclusion?.signatures ?? [];
  if (!first) return false;
  const checks = stepOf(definition, step)?.checks ?? [];
  return [...(report ? [report] : []), ...repeated].some(
    ({ time, verdicts }) =>
      milliseconds(time) > milliseconds(first.time) &&
      validOf(checks, verdicts).some((each) => each.check === check && each.verdict !== 'pass'),
  );
}

/**
 * Whether a retest stands for a failed check (C1): its investigation ended with a cause in the laboratory, it was as
 * planned, and the check has not failed again since.
 */
export function isStoodFor(whole: WholeTherapy, attempt: StepAttempt, check: string): boolean {
  const investigation = investigationOf(whole, attempt, check);
  const conclusion = investigation?.conclusion;
  if (!investigation || !conclusion?.concluded || conclusion.cause !== 'laboratory') return false;
  if (isOvertaken(whole, attempt, investigation)) return false;
  const retests = conclusion.retests.flatMap((of) => whole.attempts.get(nameOfAttempt(of)) ?? []);
  return reasonsOfRetest(whole, investigation, retests).length === 0;
}

/** The attempts that were done as an investigation planned: since then, on its samples alone, by its analyst. */
export function retestsOf(
  whole: WholeTherapy,
  investigation: Investigation,
): readonly StepAttempt[] {
  const planned = plannedIn(whole, investigation);
  if (!planned) return [];
  return otherAttempts(whole, planned).filter(
    (attempt) => whyNotPlanned(whole, planned, attempt) === undefined,
  );
}

/** Why these attempts are not the retest that an investigation planned, or do not all pass. */
export function reasonsOfRetest(
  whole: WholeTherapy,
  investigation: Investigation,
  retests: readonly StepAttempt[],
): readonly Reason[] {
  const subject = `investigation ${investigation.id}`;
  const planned = plannedIn(whole, investigation);
  if (!planned) {
    return [{ code: 'RETEST_NOT_PLANNED', subject, expected: 'a retest that was planned before' }];
  }
  const { plan, since, failed } = planned;
  const expected = `${plan.number} of ${failed.step} by ${plan.analyst} after ${since}`;
  const taken = retests.flatMap(({ report }) =>
    report ? upstreamOf(whole, linksOfInputs(report)).items : [],
  );
  const isComplete = plan.items.every((id) => taken.some((each) => each.id === id));
  if (retests.length !== plan.number || !isComplete || !areSamplesOf(whole, failed, plan)) {
    const done = otherAttempts(whole, planned).map(
      (each) => `${nameOfAttempt(each)} ${whyNotPlanned(whole, planned, each) ?? 'as planned'}`,
    );
    const found = done.join(', ') || 'none';
    return [{ code: 'RETEST_NOT_AS_PLANNED', subject, expected, found }];
  }
  return retests.flatMap((attempt): readonly Reason[] => {
    const name = `step ${nameOfAttempt(attempt)}`;
    const why = whyNotPlanned(whole, planned, attempt);
    if (why !== undefined)
      return [{ code: 'RETEST_NOT_AS_PLANNED', subject: name, expected, found: why }];
    const { check } = investigation;
    const found = outcomeOf(whole, attempt, check);
    if (found === 'pass') return [];
    return [{ code: 'RETEST_NOT_PASSED', subject: name, expected: `${check} passed`, found }];
  });
}

interface Planned {
  readonly plan: RetestPlan;
  readonly since: string;
  readonly failed: StepAttempt;
}

function plannedIn(whole: WholeTherapy, investigation: Investigation): Planned | undefined {
  const planned = planOf(investigation);
  const failed = whole.attempts.get(nameOfAttempt(investigation));
  return planned && failed && { ...planned, failed };
}

function otherAttempts(whole: WholeTherapy, { failed }: Planned): readonly StepAttempt[] {
  return [...whole.attempts.values()].filter(
    (each) => each.step === failed.step && each !== failed && each.report,
  );
}

function outcomeOf(whole: WholeTherapy, attempt: StepAttempt, check: string): string {
  const found = everyResultOf(whole, attempt).filter((each) => each.check === check);
  const [first] = found;
  return found.find(({ verdict }) => verdict !== 'pass')?.verdict ?? first?.verdict ?? 'missing';
}

function whyNotPlanned(
  whole: WholeTherapy,
  planned: Planned,
  { report, permission, blockers }: StepAttempt,
): string | undefined {
  if (!report) return 'not reported';
  const { plan, since } = planned;
  const begun = [report, ...(permission ? [permission] : [])].map(effectiveOf);
  if (begun.some((at) => milliseconds(at) < milliseconds(since))) return 'before the plan';
  if (principalOf(report) !== plan.analyst) return `by ${principalOf(report)}`;
  if (blockers.some(({ kind }) => kind === 'rejected' || kind === 'annulled')) return 'set aside';
  return isOnPlanned(whole, planned, report) ? undefined : 'on another sample';
}

/** Whether a retest took nothing but what was planned, or what came of that, and all of the planned data; and made nothing. */
function isOnPlanned(whole: WholeTherapy, { plan, failed }: Planned, report: StepReport): boolean {
  const links = linksOfInputs(report);
  if (report.outputs.length > 0 || links.length === 0) return false;
  const items = report.inputs.map(({ id }) => id);
  const { inputDatasets: datasets } = report;
  if (!areSamplesOf(whole, failed, { items, datasets })) return false;
  return (
    plan.datasets.every((id) => datasets.includes(id)) &&
    links.every((link) => {
      if (link.kind === 'dataset' && plan.datasets.includes(link.id)) return true;
      return upstreamOf(whole, [link]).items.some(({ id }) => plan.items.includes(id));
    })
  );
}

function linksOfInputs({ inputs, inputDatasets }: StepReport): readonly Link[] {
  return [
    ...inputs.map((input): Link => ({ kind: 'item', ...input })),
    ...inputDatasets.map((id): Link => ({ kind: 'dataset', id })),
  ];
}
