import { isDenied, isLapsed, reasonsAgainstUse } from '../consent/evaluate.js';
import type { ConsentUse } from '../consent/use.js';
import type { Recipient } from '../consent/uses.js';
import type { WeighedConsent } from '../consent/weighed.js';
import type { Ancestry } from '../graph/ancestry.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { areExcepted } from './exception.js';

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
    if (continueAfterLapse && lapsed && !isDenied(consents, use)) return [];
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

/** What would be given, and who would give it. */
export interface Giving {
  readonly whole: WholeTherapy;
  readonly ancestry: Ancestry;
  readonly recipient: Recipient;
}

/** The uses of consent that a dose makes; one outside its specification needs the patient's consent to that too. */
export function usesAsked(
  { whole, ancestry, recipient }: Giving,
  at: string,
): readonly ConsentUse[] {
  const uses = usesOfDose(whole.definition, recipient, at);
  const excepted = areExcepted(whole, ancestry.batches);
  return excepted ? [...uses, ...usesOfException(recipient, at)] : uses;
}
