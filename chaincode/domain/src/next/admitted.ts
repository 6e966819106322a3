import { accessReviewDue } from '../alerts/emergency-access.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import { ofOrganisation } from './asked.js';
import type { Matters } from './matters.js';
import type { Wait } from './wait.js';

/** Each emergency access that nobody has reviewed: quality does, from its opening on. */
export function accessesToReview(matters: Matters): readonly Wait[] {
  const { definition, therapy } = matters.whole;
  return matters.emergencyAccesses
    .filter(({ reviewed }) => !reviewed)
    .map((access) => ({
      state: 'stopped',
      noun: 'emergency-access',
      subject: `emergency-access ${access.id}`,
      code: 'REVIEW_OWED',
      options: ofOrganisation(
        matters,
        'quality:ReviewEmergencyAccess',
        ['quality'],
        therapy.quality,
      ),
      since: effectiveOf(access.opened),
      due: accessReviewDue(definition, access),
      except: knownAs(access.opened),
    }));
}
