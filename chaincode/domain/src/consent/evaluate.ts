import type { ConsentUsed } from '../nouns/consent-use.js';
import type { Reason } from '../nouns/reason.js';
import { consentsAlone, coveringConsents, decideUse, denialsOf } from './decide-use.js';
import { lacksInScope } from './lacks.js';
import { NO_TERMS } from './research-terms.js';
import { consentStateAt, isNoOfPatient, isVoiced } from './stands.js';
import type { ConsentUse } from './use.js';
import type { WeighedConsent } from './weighed.js';

/**
 * Why a use is not covered by the patient's consents; empty when it is. Deny overrides but where the patient has taken
 * it back since, and no rule means deny (A8).
 * @param consents the patient's consents, of any purpose
 */
export function reasonsAgainstUse(
  consents: readonly WeighedConsent[],
  use: ConsentUse,
): readonly Reason[] {
  const asked = { ...use, basis: 'consent', jurisdiction: '' };
  const decided = decideUse(consentsAlone(consents), asked);
  return decided.verdict === 'permit' ? [] : decided.reasons;
}

/** Whether the patient, or who may speak in the patient's place, said no to a use and has not taken it back. */
export function isDenied(consents: readonly WeighedConsent[], use: ConsentUse): boolean {
  return denialsOf(consents, use).some(isNoOfPatient);
}

/**
 * The uses that a permitted command makes of consents whose number of uses is limited; one with no limit that also
 * covers the use is drawn on first, and costs nothing.
 */
export function usesMade(
  consents: readonly WeighedConsent[],
  uses: readonly ConsentUse[],
  command: string,
): readonly ConsentUsed[] {
  const drawnOn = uses.flatMap((use) => coveringConsents(consents, use).slice(0, 1));
  const limited = new Set(drawnOn.filter(({ scope }) => scope.maxUses !== undefined));
  return [...limited].map(({ patient, purpose, id }) => ({
    noun: 'consent-use',
    patient,
    purpose,
    consent: id,
    command,
  }));
}

/**
 * Whether the patient agreed to just this use and the consent is over now otherwise than by a no: its time, its uses, its
 * form, or that others ended it. What has not begun, was for somebody or something else, or ended with the patient's no or
 * with another answer has not lapsed.
 */
export function isLapsed(consent: WeighedConsent, use: ConsentUse): boolean {
  const { decided, suspect } = consent;
  if (decided === undefined || suspect !== undefined) return false;
  if (isNoOfPatient(consent) || !isVoiced(consent)) return false;
  const isWithin = lacksInScope(consent.scope, use, NO_TERMS).length === 0;
  return consentStateAt(consent, use.at) !== 'not-yet-valid' && isWithin;
}
