import type { Hold } from '../nouns/hold.js';
import type { Reason } from '../nouns/reason.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Role } from '../values/roles.js';
import type { Speaker } from './people.js';
import { onlyParties, onlyQuality } from './refuse.js';

/** Who answers for the patient and not for what is made. */
const AT_THE_PATIENT: readonly Role[] = ['clinician', 'pharmacist', 'safety-officer'];

/** Who may lift a hold: of the party whose quality decides, unless the hold names a role that answers for the patient. */
export function onlyLifters(
  therapy: Therapy,
  hold: Hold | undefined,
  speaker: Speaker,
): readonly Reason[] {
  return hold && AT_THE_PATIENT.includes(hold.liftedByRole)
    ? onlyParties(therapy, speaker)
    : onlyQuality(therapy, speaker);
}
