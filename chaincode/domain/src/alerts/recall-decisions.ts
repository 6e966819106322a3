import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { SignerAskedFor } from '../nouns/gathered.js';
import type { Batch } from '../nouns/batch.js';
import type { RecallDecision } from '../nouns/recall-decision.js';
import type { Therapy } from '../nouns/therapy.js';
import { milliseconds } from '../values/time.js';
import { type FailedChecks, failuresAfter, type Learnt } from './failures.js';

/** Who decides that a batch is not recalled: a release person and somebody else of quality, of the organisation that decides. */
export function decidersOf({ quality }: Pick<Therapy, 'quality'>): readonly SignerAskedFor[] {
  const organisation = quality;
  return [
    { organisation, roles: ['release-person'] },
    { organisation, roles: ['quality'] },
  ];
}

/**
 * The checks of identity and safety that failed after a batch was certified (C3): somebody has to recall it, or to sign
 * that it is not recalled. None of a batch that is not certified, since it goes nowhere, nor of one that is recalled.
 */
export function lateFailuresOf(
  whole: WholeTherapy,
  { id, certification, recall }: Batch,
): readonly Learnt<FailedChecks>[] {
  if (!certification || recall) return [];
  const ancestry = upstreamOf(whole, [{ kind: 'batch', id }]);
  return failuresAfter(whole, ancestry, ['identity', 'safety'], certification.time);
}

/** What was signed about a failed check so far; what was signed before it failed once more says nothing of that. */
export function decisionOn(
  { recallDecisions }: WholeTherapy,
  batch: string,
  { cause: { step, attempt }, by }: Learnt<FailedChecks>,
): RecallDecision | undefined {
  const found = recallDecisions.find(
    (each) => each.batch === batch && each.step === step && each.attempt === attempt,
  );
  const first = found?.signatures[0];
  return first && milliseconds(first.time) >= milliseconds(by.time) ? found : undefined;
}
