import type { Ancestry } from '../graph/ancestry.js';
import { evidenceOf } from '../graph/evidence.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { AlertCause } from '../nouns/alert.js';
import { stepOf } from '../nouns/process-definition.js';
import type { Signed } from '../nouns/signed.js';
import { reportsOf } from '../nouns/step.js';
import { isBefore } from '../values/time.js';
import type { CheckClass } from '../values/words.js';

/** What was learnt, and by whose word. */
export interface Learnt<C extends AlertCause = AlertCause> {
  readonly cause: C;
  readonly by: Signed;
}

/** Checks that failed in one report. */
export type FailedChecks = Extract<AlertCause, { readonly kind: 'check-failed' }>;

/**
 * The reports of failed checks on what an ancestry holds, the first report of an attempt and each later one, that a
 * decision could not know (C3).
 * @param decided when it was taken, RFC 3339; where nobody took it, every failure counts
 */
export function failuresAfter(
  whole: WholeTherapy,
  ancestry: Ancestry,
  classes: readonly CheckClass[],
  decided: string | undefined,
): readonly Learnt<FailedChecks>[] {
  const attempts = [...ancestry.attempts, ...evidenceOf(whole, ancestry)];
  return attempts.flatMap((each) => {
    const { step, attempt } = each;
    const codes = (stepOf(whole.definition, step)?.checks ?? [])
      .filter((check) => classes.includes(check.class))
      .map(({ code }) => code);
    return reportsOf(each).flatMap(({ verdicts, ...by }) => {
      const checks = verdicts
        .filter(({ check, verdict }) => verdict === 'fail' && codes.includes(check))
        .map(({ check }) => check);
      if (checks.length === 0) return [];
      if (decided !== undefined && isBefore(by.time, decided)) return [];
      const { command } = by;
      return [{ cause: { kind: 'check-failed' as const, step, attempt, checks, command }, by }];
    });
  });
}
