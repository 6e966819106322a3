import { runOf } from '../graph/failed-runs.js';
import { validOf } from '../graph/results.js';
import { confirmRunFailure } from '../manufacturing/confirm-run-failure.js';
import { stepOf } from '../nouns/process-definition.js';
import type { Run } from '../nouns/run.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import { ofOrganisation } from './asked.js';
import type { Matters } from './matters.js';
import type { Wait } from './wait.js';

/**
 * Each run of which one person says that its own controls failed, and in which a check of this therapy failed: whoever else
 * of its owner may say so, for until then the check has failed (C1).
 */
export function runsToConfirm(matters: Matters): readonly Wait[] {
  const { type: act, roles } = confirmRunFailure;
  return [...matters.whole.failedRuns.values()].flatMap((run) => {
    if (!hasFailedIn(matters, run)) return [];
    return (run.failures ?? [])
      .filter(
        ({ reason, annulled, confirmed }) =>
          reason === 'controls-failed' && !annulled && !confirmed,
      )
      .map((finding) => ({
        state: 'stopped',
        noun: 'run',
        subject: `run ${run.id}`,
        code: 'RUN_CONTROLS_FAILED',
        options: ofOrganisation(matters, act, roles, run.organisation),
        since: effectiveOf(finding),
        except: knownAs(finding),
      }));
  });
}

function hasFailedIn({ whole }: Matters, { id }: Run): boolean {
  return [...whole.attempts.values()].some((attempt) => {
    const checks = stepOf(whole.definition, attempt.step)?.checks ?? [];
    const { report, repeated = [] } = attempt;
    return [...(report ? [report] : []), ...repeated].some(
      (each) =>
        runOf(attempt, each) === id &&
        validOf(checks, each.verdicts).some(({ verdict }) => verdict === 'fail'),
    );
  });
}
