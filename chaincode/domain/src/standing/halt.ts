import type { Therapy } from '../nouns/therapy.js';
import type { Role } from '../values/roles.js';
import { ofParty, ofQuality, type Speaker } from './people.js';

/** Who answers for the patient's care. */
const OF_CARE: readonly Role[] = ['clinician', 'safety-officer'];

/** The quality that decides on what is made, and a party's physician or safety officer. */
export function ofHalter(therapy: Therapy, speaker: Speaker): boolean {
  if (ofQuality(therapy, speaker)) return true;
  const { roles } = speaker.actor;
  return ofParty(therapy, speaker) && OF_CARE.some((role) => roles.includes(role));
}
