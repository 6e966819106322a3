import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Dose } from '../nouns/dose.js';
import type { Exception } from '../nouns/exception.js';
import { effectiveOf } from '../nouns/signed.js';
import { addMinutes, earliest } from '../values/time.js';

/** Since when authorities are to be told of an exception: something of its batch was given. RFC 3339. */
export function givenSince(whole: WholeTherapy, exception: Exception): string | undefined {
  if (!exception.accepted || exception.annulled) return undefined;
  return earliest([...whole.doses.values()].flatMap((dose) => givenOf(whole, dose, exception)));
}

function givenOf(
  whole: WholeTherapy,
  { administrations }: Dose,
  { batch }: Exception,
): readonly string[] {
  const { coi } = whole.therapy;
  return administrations
    .filter(({ course, annulled }) => course !== 'not-started' && !annulled)
    .filter(({ item: id }) => {
      const { batches } = upstreamOf(whole, [{ kind: 'item', coi, id }]);
      return batches.some((each) => each.id === batch);
    })
    .map(effectiveOf);
}

/**
 * Until when authorities are told that a batch outside its specification was given, by the process's hours; RFC 3339,
 * or undefined where nothing of it was.
 */
export function notificationDue(whole: WholeTherapy, exception: Exception): string | undefined {
  const since = givenSince(whole, exception);
  const hours = whole.definition.outOfSpecification?.notificationHours ?? 48;
  return since && addMinutes(since, hours * 60);
}
