import type { Deviation } from '../nouns/deviation.js';
import type { StepAttempt } from '../nouns/step.js';
import type { GroundOfPermission } from '../values/words.js';
import { runOf } from './failed-runs.js';
import { isStoodFor } from './retest.js';
import { isToppedUp } from './top-up.js';
import type { WholeTherapy } from './whole.js';

/** The check that a deviation tells of. */
export interface CheckFound {
  readonly attempt: StepAttempt;
  readonly check: string;
  /** the run that the report was done in; empty where it names none */
  readonly run: string;
}

/** The check that a report's deviation tells of, and the attempt that was reported; undefined where it tells of none. */
export function checkFoundIn(
  { attempts }: Pick<WholeTherapy, 'attempts'>,
  { found: check, opened: { command } }: Pick<Deviation, 'found' | 'opened'>,
): CheckFound | undefined {
  for (const attempt of attempts.values()) {
    const { report, repeated = [] } = attempt;
    const its = [report, ...repeated].find((each) => each?.command === command);
    if (its && check !== undefined) return { attempt, check, run: runOf(attempt, its) };
  }
  return undefined;
}

/** What stands for a failed check now (C1): a planned retest, or an amount topped up to a sum that passes. */
export function groundFor(
  whole: WholeTherapy,
  { attempt, check }: CheckFound,
): GroundOfPermission | undefined {
  if (isStoodFor(whole, attempt, check)) return 'retest';
  return isToppedUp(whole, attempt, check, 'sum') ? 'top-up' : undefined;
}
