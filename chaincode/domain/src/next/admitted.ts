import { accessReviewDue } from '../alerts/emergency-access.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import { ofOrganisation } from './asked.js';
import type { Matters } from './matters.js';
import type { Wait } from './wait.js';

/**
 * Each emergency access that nobody has reviewed: quality does, from its opening on. By somebody whose last one was not
 * justified, it calls the safety officer beside it, at once.
 */
export function accessesToReview(matters: Matters): readonly Wait[] {
  const { definition, therapy } = matters.whole;
  return matters.emergencyAccesses
    .filter(({ reviewed }) => !reviewed)
    .map((access) => ({
      state: 'stopped',
      noun: 'emergency-access',
      subject: `emergency-access ${access.id}`,
      code: access.repeats ? 'OPENED_AGAIN' : 'REVIEW_OWED',
      options: ofOrganisation(
        matters,
        'quality:ReviewEmergencyAccess',
        access.repeats ? ['safety-officer', 'quality'] : ['quality'],
        therapy.quality,
      ),
      since: effectiveOf(access.opened),
      due: accessReviewDue(definition, access),
      except: knownAs(access.opened),
    }));
}
