import type { Capacity } from '../nouns/capacity.js';
import type { Reason } from '../nouns/reason.js';
import { milliseconds } from '../values/time.js';

/**
 * Why a patient agrees to nothing by themselves: the last that was settled is that they are not able to (E4). A no of
 * theirs counts on, whoever says what of them.
 */
export function reasonsOfCapacity(capacities: readonly Capacity[]): readonly Reason[] {
  const [last] = capacities
    .flatMap(({ settled, ...each }) => (settled ? [{ ...each, settled }] : []))
    .toSorted(
      (one, other) =>
        milliseconds(other.settled.beside.time) - milliseconds(one.settled.beside.time),
    );
  if (last?.finding !== 'not-able') return [];
  const subject = `actor ${last.patient}`;
  const expected = 'who speaks in the patient’s place, or a finding that the patient is able';
  return [{ code: 'PATIENT_NOT_ABLE', subject, expected, found: `capacity ${last.id}` }];
}
