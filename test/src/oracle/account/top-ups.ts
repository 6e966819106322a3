import { madeByDesign } from '../definition.js';
import type { Account } from './account.js';
import { hasNoResult, passedNothing, runFindings, type RunFinding } from './run-failures.js';
import type { Said } from './said.js';
import { datasetOf, itemOf, stepOf, type Thing } from './things.js';
import { measured, stepDefinition } from './verdicts.js';

type Report = Said<'manufacturing:ReportStep'>;

const STOPPED = new WeakMap<Account, readonly RunFinding[]>();

/** Every report that something found of a run stops: its own, or that of the earlier part of what it told the sum of (C1). */
export function stoppedByRuns(account: Account): readonly RunFinding[] {
  const known = STOPPED.get(account);
  if (known) return known;
  const reports = account.of('manufacturing:ReportStep');
  const stopped = runFindings(account).flatMap((finding) => {
    const own = reports.filter((each) => attemptOf(each) === finding.attempt);
    const sums = reports
      .filter((sum) => sum.index <= finding.since && attemptOf(sum) !== finding.attempt)
      .filter((sum) => own.some((part) => isSumWith(account, sum, part)));
    return [...own, ...sums].map((report) => ({ ...finding, report }));
  });
  STOPPED.set(account, stopped);
  return stopped;
}

/** Whether what was too little in an attempt was topped up, as the definition says, by a later one that is a result (C1). */
export function isToppedUp(account: Account, part: Report, check: string): boolean {
  return account
    .of('manufacturing:ReportStep')
    .filter((later) => !hasNoResult(account, later) && !passedNothing(account, later))
    .some((later) => tops(account, later, part, check));
}

/** Whether an attempt tells of an earlier one together with itself. */
function isSumWith(account: Account, sum: Report, part: Report): boolean {
  const checks = stepDefinition(account, part)?.checks ?? [];
  return checks
    .filter(({ topUp }) => topUp === 'sum')
    .some(({ code }) => tops(account, sum, part, code));
}

function tops(account: Account, later: Report, part: Report, code: string): boolean {
  const check = stepDefinition(account, part)?.checks.find((each) => each.code === code);
  const value = measured(part, code);
  const tooLittle = typeof value === 'number' && value < (check?.min ?? -Infinity);
  const enough = measured(later, code);
  return (
    check?.topUp !== undefined &&
    tooLittle &&
    typeof enough === 'number' &&
    enough >= (check.min ?? -Infinity) &&
    enough <= (check.max ?? Infinity) &&
    later.index > part.index &&
    later.body.step === part.body.step &&
    later.body.coi === part.body.coi &&
    isOfSameOrigin(account, later, part)
  );
}

/** Attempts on the same subject, or, before there is a design, on things of the same origin (C1). */
export function isOfSameOrigin(account: Account, one: Report, other: Report): boolean {
  const made = madeByDesign(account.therapy(one.body.coi).definition).has(one.body.step);
  const [first = [], second = []] = [one, other].map((report) => {
    const subjects = subjectsOf(report);
    const origins = made ? [] : account.origins.madeOf.closure(subjects);
    return [...subjects, ...origins].filter((each) => /^\["(item|dataset)"/.test(each));
  });
  return first.some((each) => second.includes(each));
}

function subjectsOf({ body }: Report): readonly Thing[] {
  return [
    ...body.inputs.map(({ item }) => itemOf(item)),
    ...body.inputDatasets.map((id) => datasetOf(body.coi, id)),
  ];
}

function attemptOf({ body }: Report): Thing {
  return stepOf(body.coi, body.step, body.attempt);
}
