import { concernedIn, type Deviation } from '../nouns/deviation.js';
import type { Verdict } from '../nouns/reason.js';
import { refOf } from '../nouns/reference.js';
import { hasFailed, isWithoutResults, type Run, type RunFailure } from '../nouns/run.js';
import { runsOf, type StepAttempt } from '../nouns/step.js';
import { block } from '../nouns/subject.js';
import type { DeviationCode } from '../values/deviation-codes.js';
import type { RunFailureReason } from '../values/words.js';

const CODES: Readonly<Record<RunFailureReason, DeviationCode>> = {
  'controls-failed': 'RUN_CONTROLS_FAILED',
  'index-hopping': 'INDEX_HOPPING',
  'sample-sheet-mixed': 'SAMPLE_SHEET_MIXED',
};

/** What a therapy holds that was done in shared runs, and those runs. */
export interface InRuns {
  readonly coi: string;
  readonly attempts: readonly StepAttempt[];
  /** those on record */
  readonly deviations: readonly Deviation[];
  /** also those whose registration was entered in error */
  readonly runs: readonly Run[];
}

/**
 * A therapy's attempts and deviations with what the owners of its runs found of these as a whole, whenever the attempts were
 * reported. Each finding is a deviation of every attempt in the run, and so of all that is made of it (D1), though it is
 * written in the run's record alone. Index hopping, and what was found in error, quality settles by attempt, as any. Of a
 * run whose own controls failed, or whose samples were told apart wrongly, every attempt is set aside, and no disposition
 * says otherwise (C2): neither passed anything, and the former gave no result at all once a second person of the owner has
 * confirmed it (C1).
 */
export function withRuns(held: InRuns): Pick<InRuns, 'attempts' | 'deviations'> {
  const runs = new Map(held.runs.map((run) => [run.id, run]));
  const deviations = new Map(held.deviations.map((each) => [each.id, each]));
  const attempts = held.attempts.map((attempt): StepAttempt => {
    const found = runsOf(attempt).flatMap((id) => {
      const run = runs.get(id);
      return (run?.failures ?? []).map((failure) => ({ run: id, failure }));
    });
    if (found.length === 0) return attempt;
    return found.reduce<StepAttempt>(
      (before, { run, failure }) => {
        const id = idOf(failure);
        const known = deviations.get(id) ?? deviationOf(held.coi, run, failure);
        const deviation = concerning(known, attempt, failure);
        deviations.set(id, deviation);
        return stopped(before, deviation, failure);
      },
      voided(attempt, runs),
    );
  });
  return { attempts, deviations: [...deviations.values()] };
}

/** The run that a report of an attempt was done in: the one that it names, or the first report's. */
export function runOf({ report }: StepAttempt, { run }: Pick<Reported, 'run'>): string {
  return run ?? report?.run ?? '';
}

/** What stands against an attempt of what was found of its run. */
export function ofItsRun({ blockers }: StepAttempt): StepAttempt['blockers'] {
  const codes: readonly string[] = Object.values(CODES);
  return blockers.filter(({ code }) => codes.includes(code));
}

/** The id of the deviation that a finding is in each therapy. */
function idOf({ command }: RunFailure): string {
  return `R.${command}`;
}

function isFinal({ reason, annulled }: RunFailure): boolean {
  return reason !== 'index-hopping' && !annulled;
}

function deviationOf(coi: string, run: string, failure: RunFailure): Deviation {
  const { reason, perMille, annulled, counted, ...opened } = failure;
  const rate = perMille === undefined ? '' : `, ${perMille} per mille`;
  return {
    noun: 'deviation',
    scope: { kind: 'therapy', id: coi },
    id: idOf(failure),
    code: annulled ? 'ENTERED_IN_ERROR' : CODES[reason],
    classification: reason === 'controls-failed' ? 'major' : 'critical',
    subjects: [],
    found: `run ${run}${rate}`,
    opened,
    ...(counted ? { reopened: counted } : {}),
  };
}

/** The deviation, with the attempt among what it is about. */
function concerning(deviation: Deviation, attempt: StepAttempt, failure: RunFailure): Deviation {
  const ref = refOf(attempt);
  if (concernedIn(deviation, ref)) return deviation;
  const final = { ...deviation.opened, decision: 'reject' as const };
  const concerned = isFinal(failure) ? { ref, disposition: final } : { ref };
  return { ...deviation, subjects: [...deviation.subjects, concerned] };
}

/** The attempt as the deviation stops it, unless quality has settled it and that stands in the attempt's own record. */
function stopped(attempt: StepAttempt, deviation: Deviation, failure: RunFailure): StepAttempt {
  const { id, code } = deviation;
  if (attempt.blockers.some((each) => each.id === id)) return attempt;
  if (isFinal(failure)) return block(attempt, { kind: 'rejected', id, code });
  if (concernedIn(deviation, refOf(attempt))?.disposition) return attempt;
  return block(attempt, { kind: 'deviation', id, code });
}

/** The attempt with what its results count for: each report's as its run has it, or as the first one's that it was done in. */
function voided(attempt: StepAttempt, runs: ReadonlyMap<string, Run>): StepAttempt {
  const { report, repeated } = attempt;
  const counted = <T extends Reported>(of: T): T => {
    const run = runs.get(runOf(attempt, of));
    return run ? { ...of, verdicts: verdictsIn(run, of.verdicts) } : of;
  };
  return {
    ...attempt,
    ...(report ? { report: counted(report) } : {}),
    ...(repeated ? { repeated: repeated.map(counted) } : {}),
  };
}

interface Reported {
  readonly run?: string;
  readonly verdicts: readonly Verdict[];
}

/** Of a run whose own controls failed, or that was mixed up, nothing passed; of the former none is left once that is confirmed. */
function verdictsIn(run: Run, verdicts: readonly Verdict[]): readonly Verdict[] {
  const isNone = isWithoutResults(run);
  if (!hasFailed(run, 'controls-failed') && !hasFailed(run, 'sample-sheet-mixed')) return verdicts;
  return verdicts.map(({ check, verdict }) => ({
    check,
    verdict: verdict === 'pass' || (isNone && verdict === 'fail') ? 'missing' : verdict,
  }));
}
