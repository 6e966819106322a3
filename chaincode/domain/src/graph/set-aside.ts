import type { Blocker } from '../nouns/blockable.js';
import { concernedIn } from '../nouns/deviation.js';
import { refOf } from '../nouns/reference.js';
import type { Signed } from '../nouns/signed.js';
import type { StepAttempt } from '../nouns/step.js';
import type { WholeTherapy } from './whole.js';

/** By whose word a blocker sets an attempt aside: it was rejected, or entered in error. Undefined of any other blocker. */
export function setAsideBy(
  { annulments, deviations }: Pick<WholeTherapy, 'annulments' | 'deviations'>,
  attempt: StepAttempt,
  { kind, id }: Pick<Blocker, 'kind' | 'id'>,
): Signed | undefined {
  if (kind === 'annulled') {
    return annulments.find(({ command }) => id === `A.${command}`)?.annulled;
  }
  const deviation = kind === 'rejected' ? deviations.get(id) : undefined;
  return deviation && (concernedIn(deviation, refOf(attempt))?.disposition ?? deviation.opened);
}
