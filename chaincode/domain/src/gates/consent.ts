import { type ConsentUse, isDenied, isLapsed, reasonsAgainstUse } from '../consent/evaluate.js';
import type { Recipient } from '../consent/uses.js';
import type { WeighedConsent } from '../consent/weighed.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';

/**
 * Why the patient's consent does not cover the dose (A8). What lapsed otherwise than by a no may be continued when
 * the physician signs so; a no is never overridden.
 */
export function reasonsOfConsent(
  consents: readonly WeighedConsent[],
  uses: readonly ConsentUse[],
  continueAfterLapse: boolean,
): readonly Reason[] {
  return uses.flatMap((use) => {
    const { purpose } = use;
    const lapsed = consents.some(
      (consent) => consent.purpose === purpose && isLapsed(consent, use),
    );
    if (continueAfterLapse && lapsed && !isDenied(consents, purpose)) return [];
    return reasonsAgainstUse(consents, use);
  });
}

/**
 * The uses of consent that a dose makes.
 * @param at RFC 3339
 */
export function usesOfDose(
  { doseConsents }: Pick<ProcessDefinition, 'doseConsents'>,
  recipient: Recipient,
  at: string,
): readonly ConsentUse[] {
  return doseConsents.map((purpose) => ({ purpose, at, dataClasses: ['clinical'], ...recipient }));
}

/**
 * The use of consent that giving something outside its specification makes.
 * @param at RFC 3339
 */
export function usesOfException(recipient: Recipient, at: string): readonly ConsentUse[] {
  return [{ purpose: 'OOS_ADMINISTRATION', at, dataClasses: ['clinical'], ...recipient }];
}
