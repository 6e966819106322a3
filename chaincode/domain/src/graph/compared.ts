import { type Check, stepOf } from '../nouns/process-definition.js';
import type { StepAttempt } from '../nouns/step.js';
import { type Ancestry, collectionsIn } from './ancestry.js';
import { nameOfAttempt } from './links.js';
import { everyResultOf } from './results.js';
import { upstreamOf } from './upstream.js';
import type { WholeTherapy } from './whole-therapy.js';

/**
 * The attempts in which a check of identity failed on what an ancestry was made of too: none of the steps that the check's
 * `leadsOn` names was done anew for it (C2).
 */
export function comparedBefore(whole: WholeTherapy, ancestry: Ancestry): readonly StepAttempt[] {
  const used = placesIn(ancestry);
  return [...whole.attempts.values()].filter((attempt) => {
    const { step, attempt: number } = attempt;
    return failedOf(whole, attempt).some(({ leadsOn = [] }) => {
      const compared = placesIn(upstreamOf(whole, [{ kind: 'step', step, attempt: number }]));
      return leadsOn.every((id) =>
        [...compared].some(([place, at]) => at === id && used.has(place)),
      );
    });
  });

  /** What was made or taken, by name, with the step that did so. */
  function placesIn(of: Ancestry): ReadonlyMap<string, string> {
    const collection = whole.definition.steps.find(
      ({ attestedBy }) => attestedBy === 'custody:CollectItem',
    );
    return new Map([
      ...of.attempts.map((each) => [`step ${nameOfAttempt(each)}`, each.step] as const),
      ...collectionsIn(of).map(({ id }) => [`item ${id}`, collection?.id ?? ''] as const),
    ]);
  }
}

function failedOf(whole: WholeTherapy, attempt: StepAttempt): readonly Check[] {
  const checks = (stepOf(whole.definition, attempt.step)?.checks ?? []).filter(
    ({ leadsOn }) => leadsOn !== undefined,
  );
  const failed = new Set(
    everyResultOf(whole, attempt)
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ check }) => check),
  );
  return checks.filter(({ code }) => failed.has(code));
}
