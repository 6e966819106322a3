import { evidenceOf } from '../graph/evidence.js';
import type { Ancestry } from '../graph/ancestry.js';
import { nameOfAttempt } from '../graph/links.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import { stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import type { StepAttempt } from '../nouns/step.js';
import type { CheckClass } from '../values/words.js';
import { reasonsOfBlockers } from './blocks.js';

/** What no disposition makes good. */
const NEVER_BY_RISK: ReadonlySet<CheckClass | undefined> = new Set(['identity', 'safety']);

/**
 * What the tests say against something: all attempts on it count, and a later one that passes takes nothing away (C1,
 * C5). A failed check of identity or safety stands whatever quality decides on it (C2); of any other, until it is
 * disposed of.
 */
export function reasonsOfEvidence(whole: WholeTherapy, ancestry: Ancestry): readonly Reason[] {
  const upstream = new Set(ancestry.attempts);
  const others = evidenceOf(whole, ancestry).filter((attempt) => !upstream.has(attempt));
  return [
    ...others.flatMap(reasonsOfBlockers),
    ...[...ancestry.attempts, ...others].flatMap((attempt) => reasonsOfFailures(whole, attempt)),
  ];
}

function reasonsOfFailures({ definition }: WholeTherapy, attempt: StepAttempt): readonly Reason[] {
  const checks = stepOf(definition, attempt.step)?.checks ?? [];
  return (attempt.report?.verdicts ?? []).flatMap(({ check, verdict }) => {
    const of = checks.find(({ code }) => code === check)?.class;
    if (verdict !== 'fail' || !NEVER_BY_RISK.has(of)) return [];
    const subject = `step ${nameOfAttempt(attempt)}`;
    return [{ code: 'CHECK_FAILED', subject, expected: `${check} passed`, found: `${of} failed` }];
  });
}
