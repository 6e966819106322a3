import type { ConsentScope } from '../nouns/consent.js';
import { lacksOfResearch, type Terms } from './research-terms.js';
import { consentStateAt } from './stands.js';
import type { ConsentUse } from './use.js';
import type { WeighedConsent } from './weighed.js';

/** What a consent that was given lacks for a use, each as words; empty where it covers it. */
export function lacksOf(consent: WeighedConsent, use: ConsentUse, terms: Terms): readonly string[] {
  return [...lacksInTime(consent, use.at), ...lacksInScope(consent.scope, use, terms)];
}

function lacksInTime(consent: WeighedConsent, at: string): readonly string[] {
  const { validFrom, validUntil } = consent.scope;
  switch (consentStateAt(consent, at)) {
    case 'expired':
      return [`valid until ${validUntil}, asked of ${at}`];
    case 'not-yet-valid':
      return [`valid from ${validFrom}, asked of ${at}`];
    case 'reconsent-required':
      return [`reconsent required from ${consent.reconsentFrom}`];
    case 'used-up':
      return [`used ${consent.used} times`];
    default:
      return [];
  }
}

/** Where a use goes beyond a scope, whenever that is. */
export function lacksInScope(
  scope: ConsentScope,
  use: Omit<ConsentUse, 'at' | 'purpose'>,
  terms: Terms,
): readonly string[] {
  const { recipients, geography, dataClasses, duo } = scope;
  const { recipient, country } = use;
  return [
    ...(recipients?.includes(recipient) === false ? [`recipient ${recipient}`] : []),
    ...(geography && (country === undefined || !geography.includes(country))
      ? [`country ${country ?? 'unknown'}`]
      : []),
    ...use.dataClasses
      .filter((each) => dataClasses?.includes(each) === false)
      .map((each) => `data class ${each}`),
    ...(duo ? lacksOfResearch(duo, use.duo, terms) : []),
  ].map((each) => `out of scope: ${each}`);
}

/**
 * Whether a denial reaches a use: of whom, where or what it is not said, it is said of all. A use whose country nobody
 * knows may be in any.
 */
export function reachesUse({ scope }: WeighedConsent, use: Omit<ConsentUse, 'at'>): boolean {
  const { recipients, geography, dataClasses } = scope;
  const { recipient, country } = use;
  return (
    (recipients?.includes(recipient) ?? true) &&
    (geography === undefined || country === undefined || geography.includes(country)) &&
    (dataClasses === undefined ||
      use.dataClasses.length === 0 ||
      use.dataClasses.some((each) => dataClasses.includes(each)))
  );
}
