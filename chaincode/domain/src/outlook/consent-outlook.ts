import { consentStateAt } from '../consent/stands.js';
import type { WeighedConsent } from '../consent/weighed.js';
import type { ConsentOutlook } from './outlook.js';

/**
 * How a consent stands at a time, by what the gates make of it.
 * @param at RFC 3339
 */
export function consentOutlook(consent: WeighedConsent, at: string): ConsentOutlook {
  const { purpose, id, suspect } = consent;
  const subject = `consent ${purpose} ${id}`;
  return { subject, state: suspect ? 'suspect' : consentStateAt(consent, at) };
}
