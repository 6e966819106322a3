import type { Account } from './account.js';
import { isOf, type Said } from './said.js';
import { stepOf, subjectOf, type Thing } from './things.js';

export type RunFailure = Said<'manufacturing:ReportRunFailure'>;
type Confirmation = Said<'manufacturing:ConfirmRunFailure'>;
type Report = Said<'manufacturing:ReportStep'>;

/** What its owner found of a run, as it concerns one report of an attempt that was done in it. */
export interface RunFinding {
  readonly report: Report;
  readonly attempt: Thing;
  readonly failure: RunFailure;
  /** where in the history it began to count */
  readonly since: number;
  /**
   * what becomes of it: an attempt without a result, one that passed nothing by one person's word, one that no decision
   * permits, or one that waits for quality
   */
  readonly stops: 'no-result' | 'unconfirmed' | 'for-good' | 'open' | 'in-error';
}

const FINDINGS = new WeakMap<Account, readonly RunFinding[]>();

/** What still stops an attempt of what was found of the runs, by each report of it: each counts as its own run has it. */
export function runFindings(account: Account): readonly RunFinding[] {
  const known = FINDINGS.get(account);
  if (known) return known;
  const inRuns = reportsInRuns(account);
  const findings = failuresThatCount(account).flatMap(({ failure, since }) =>
    inRuns
      .filter(({ run }) => run === failure.body.run)
      .flatMap(({ report }): RunFinding[] => {
        const stops = stoppedBy(account, failure, report);
        return stops ? [{ report, attempt: attemptOf(report), failure, since, stops }] : [];
      }),
  );
  FINDINGS.set(account, findings);
  return findings;
}

/** Whether the run of a report had no controls that held, as two people say, so that it passed and failed nothing (C1). */
export function hasNoResult(account: Account, report: Report): boolean {
  return isStopped(account, report, 'no-result');
}

/** Whether it passed nothing, and what failed in it did: where one person alone says that the controls did (C1), or samples were mixed up. */
export function passedNothing(account: Account, report: Report): boolean {
  return isStopped(account, report, 'unconfirmed') || isMixedUp(account, report);
}

/** Whether the sample sheet of a report's run was mixed up, so that it passed nothing (C2). */
export function isMixedUp(account: Account, report: Report): boolean {
  return isStopped(account, report, 'for-good');
}

function isStopped(account: Account, report: Report, stops: RunFinding['stops']): boolean {
  return runFindings(account).some((each) => each.report === report && each.stops === stops);
}

interface InRun {
  readonly report: Report;
  readonly run: string;
}

/** The reports of what was done in shared runs: one that names none was done where the first of its attempt was. */
function reportsInRuns(account: Account): readonly InRun[] {
  const first = new Map<Thing, string>();
  return account.ever('manufacturing:ReportStep').flatMap((report): InRun[] => {
    const attempt = attemptOf(report);
    const run = report.body.run ?? first.get(attempt);
    if (run === undefined) return [];
    if (!first.has(attempt)) first.set(attempt, run);
    return [{ report, run }];
  });
}

/**
 * What the owners of runs found, from where on it counts: before they registered a run, from then on. What adds nothing to
 * what was found before and stands is no new finding: the same once more, or a rate that is not higher.
 */
function failuresThatCount(
  account: Account,
): readonly { readonly failure: RunFailure; readonly since: number }[] {
  const owned = account.ever('manufacturing:ReportRunFailure').flatMap((failure) => {
    const registered = account.registrations.behind(failure);
    const owns = account.off.has('B1') || registered?.organisation === failure.organisation;
    return registered && owns
      ? [{ failure, since: Math.max(failure.index, registered.index) }]
      : [];
  });
  return owned.filter(
    ({ failure }, place) =>
      !owned
        .slice(0, place)
        .some((each) => isCoveredBy(failure, each.failure) && !account.annulments.of(each.failure)),
  );
}

function isCoveredBy({ body }: RunFailure, { body: before }: RunFailure): boolean {
  return (
    body.run === before.run &&
    body.reason === before.reason &&
    (body.perMille ?? 0) <= (before.perMille ?? 0)
  );
}

function stoppedBy(
  account: Account,
  failure: RunFailure,
  report: Report,
): RunFinding['stops'] | undefined {
  const last = account.annulments.of(failure);
  const { reason } = failure.body;
  if (last) {
    const isLater = report.index > last.index;
    return isLater || isPermitted(account, report, [failure, last]) ? undefined : 'in-error';
  }
  if (reason === 'controls-failed') {
    return confirmations(account, failure).length > 0 ? 'no-result' : 'unconfirmed';
  }
  if (reason === 'sample-sheet-mixed') return 'for-good';
  return isPermitted(account, report, [failure]) ? undefined : 'open';
}

/** By whom, of the run's owner and another natural person, it was confirmed that the controls failed. */
function confirmations(account: Account, failure: RunFailure): readonly Confirmation[] {
  const owner = account.registrations.behind(failure)?.organisation;
  return account
    .of('manufacturing:ConfirmRunFailure')
    .filter(({ body, index }) => body.run === failure.body.run && index > failure.index)
    .filter(({ organisation }) => account.off.has('B1') || organisation === owner)
    .filter(({ actor, annexes }) => {
      return 'controls' in annexes && !account.people.areOne(actor, failure.actor);
    });
}

/**
 * Why somebody may not confirm that a run's controls failed; undefined for who may.
 * @param account of everything that was said before
 */
export function wrongInConfirming(account: Account, asked: Confirmation): string | undefined {
  const owner = account.registrations.behind(asked)?.organisation;
  if (owner === undefined) return 'nobody registered the run';
  if (owner !== asked.organisation) return 'the run is another’s';
  const found = account
    .of('manufacturing:ReportRunFailure')
    .filter(({ body }) => body.run === asked.body.run && body.reason === 'controls-failed')
    .filter(({ organisation }) => organisation === owner);
  if (found.length === 0) return 'nobody found that its controls failed';
  const isSecond = found.some(({ actor }) => !account.people.areOne(actor, asked.actor));
  if (!isSecond) return 'they found it themselves';
  if (found.some((each) => confirmations(account, each).length > 0)) return 'it is confirmed';
  return 'controls' in asked.annexes ? undefined : 'the controls’ results are not there';
}

/** Whether the therapy's quality, and not who said it, permitted this attempt by its investigation. */
function isPermitted(account: Account, report: Report, words: readonly Said[]): boolean {
  const attempt = attemptOf(report);
  const named = new Set(words.flatMap(deviationsOf));
  const [failure] = words;
  return account
    .of('manufacturing:RecordDisposition')
    .filter(({ body, actor }) => named.has(body.deviation) && actor !== failure?.actor)
    .filter(({ body, annexes }) => body.decision === 'permit-use' && 'investigation' in annexes)
    .some(
      ({ body: { coi, subject } }) =>
        subject?.coi === coi && subject.coi === report.body.coi && subjectOf(subject) === attempt,
    );
}

/** What quality settles of a word about a run, in each therapy: what it opened there, and what its receipt lists. */
export function deviationsOf({ answer }: Said): readonly string[] {
  const { command, deviations } = answer;
  return [...(command === undefined ? [] : [`R.${command}`]), ...deviations.map(({ id }) => id)];
}

/** The run that a word is about: what its owner found of it, who confirms that, or that it was a mistake. */
export function runNamed(said: Said): string | undefined {
  if (isOf(said, 'manufacturing:ReportRunFailure')) return said.body.run;
  if (isOf(said, 'manufacturing:ConfirmRunFailure')) return said.body.run;
  return isOf(said, 'quality:AnnulRecord') ? said.body.run : undefined;
}

function attemptOf({ body }: Report): Thing {
  return stepOf(body.coi, body.step, body.attempt);
}
