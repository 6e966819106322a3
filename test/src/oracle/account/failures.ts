import type { Matter } from '../matter.js';
import type { Account } from './account.js';
import { batchesByException } from './exceptions.js';
import { isExplained } from './investigations.js';
import { hasNoResult, passedNothing } from './run-failures.js';
import type { Said } from './said.js';
import { batchOf, stepOf } from './things.js';
import { isOfSameOrigin, isToppedUp } from './top-ups.js';
import { isFailedControl, measuredOutcomes, type Outcome } from './verdicts.js';

type Report = Said<'manufacturing:ReportStep'>;

/** A check that did not pass, in an attempt that is evidence in a matter. */
export interface Failure extends Outcome {
  readonly report: Report;
  /**
   * why the attempt counts: it lies upstream, it tested the batch and names it, it tested the batch's fill without
   * naming it, or it is another attempt of a step that lies upstream
   */
  readonly as: 'upstream' | 'named-test' | 'other-test' | 'other-attempt';
  /** whether it was reported after a batch of this matter was certified */
  readonly late: boolean;
}

/** Every failure that bears upon a matter, settled or not. */
export function failuresIn(matter: Matter): readonly Failure[] {
  const { account, therapy, whole, upstream } = matter;
  const reports = account
    .ever('manufacturing:ReportStep')
    .filter(({ body }) => body.coi === therapy.coi);
  const certified = certificationTime(matter);
  return reports.flatMap((report): Failure[] => {
    const as = bearing(matter, reports, report, { whole, upstream });
    if (!as) return [];
    return failedIn(account, report)
      .filter(({ check }) => !isMadeUpFor(matter, report, as, check))
      .map((outcome) => ({ ...outcome, report, as, late: report.index > certified }));
  });
}

/**
 * What did not pass in an attempt: nothing where its run had no controls, the controls alone where the report says so itself,
 * what failed alone where one person says that it had none, or where samples were mixed up.
 */
function failedIn(account: Account, report: Report): readonly Outcome[] {
  if (hasNoResult(account, report)) return [];
  const nothing = passedNothing(account, report);
  const outcomes = measuredOutcomes(account, report);
  const controls = outcomes.filter(isFailedControl);
  return (controls.length > 0 ? controls : outcomes).filter(
    ({ verdict, class: of }) =>
      of !== 'information' && (verdict === 'fail' || (verdict === 'missing' && !nothing)),
  );
}

/**
 * Whether too little was topped up (C1): what is made of the first part alone rests on too little, and what failed where
 * samples were mixed up, or as one person says no controls held, stays failed.
 */
function isMadeUpFor({ account }: Matter, report: Report, as: Failure['as'], check: string) {
  return as !== 'upstream' && !passedNothing(account, report) && isToppedUp(account, report, check);
}

/** Whether an attempt is evidence in a matter (C1): what is wrong with its report is looked at before any is relied upon. */
export function isEvidence(matter: Matter, report: Report): boolean {
  const reports = matter.account
    .ever('manufacturing:ReportStep')
    .filter(({ body }) => body.coi === matter.therapy.coi);
  return bearing(matter, reports, report, matter) !== undefined;
}

function bearing(
  matter: Matter,
  reports: readonly Report[],
  report: Report,
  { whole, upstream }: Pick<Matter, 'whole' | 'upstream'>,
): Failure['as'] | undefined {
  const { coi, step, attempt, batch } = report.body;
  const thing = stepOf(coi, step, attempt);
  if (upstream.has(thing)) return 'upstream';
  if (whole.has(thing)) {
    return batch !== undefined && whole.has(batchOf(coi, batch)) ? 'named-test' : 'other-test';
  }
  const known = reports.filter(
    (each) => each.body.step === step && whole.has(stepOf(coi, step, each.body.attempt)),
  );
  return known.some((each) => isOfSameOrigin(matter.account, each, report))
    ? 'other-attempt'
    : undefined;
}

/** Where in the history the last batch of a matter was certified; infinite where none was. */
function certificationTime({ account, whole, gate }: Matter): number {
  if (gate !== 'dose') return Infinity;
  const certified = account
    .of('manufacturing:CertifyBatch')
    .filter(({ body }) => whole.has(batchOf(body.coi, body.batch)))
    .map(({ index }) => index);
  return certified.length === 0 ? Infinity : Math.max(...certified);
}

/** Whether no risk decision permits what a check found: one of identity or safety (C2). */
export function isFinal(failure: Pick<Outcome, 'class'>): boolean {
  return failure.class === 'identity' || failure.class === 'safety';
}

/** Whether a failed check of safety was evaluated, and the batch goes out in spite of it (A11); nobody certifies it then. */
function isExcepted({ gate, account, therapy, whole }: Matter, failure: Failure): boolean {
  if (failure.class !== 'safety' || failure.verdict !== 'fail') return false;
  if (gate !== 'review' && gate !== 'dose') return false;
  return batchesByException(account, therapy, whole).some(
    ({ index }) => failure.report.index < index,
  );
}

/** Whether a failure still stops: what a retest stands for is settled like any other. */
export function stands(matter: Matter, failure: Failure): boolean {
  const { account, reaches } = matter;
  const { report, as, check } = failure;
  if (isExcepted(matter, failure)) return false;
  const explained = isExplained(account, report, check, failure.class === 'identity');
  const isResult = !isFailedControl(failure);
  if ((isFinal(failure) || (passedNothing(account, report) && isResult)) && !explained) return true;
  const step = stepOf(report.body.coi, report.body.step, report.body.attempt);
  const left = explained
    ? account.unsettled(report, [step])
    : account.uninvestigated(report, [step]);
  // what was wrong with the things that it took is no result
  if (as !== 'upstream') return left.some((about) => !about.startsWith('["item"'));
  return left.some((about) => reaches({ about, why: '' }));
}
