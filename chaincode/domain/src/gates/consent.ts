import { type ConsentUse, isDenied, reasonsAgainstUse } from '../consent/evaluate.js';
import type { WeighedConsent } from '../consent/weighed.js';
import type { Context } from '../commands/decision.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { milliseconds } from '../values/time.js';

/**
 * Why the patient's consent does not cover the dose (A8). What lapsed otherwise than by a no may be continued when
 * the physician signs so; a no is never overridden.
 */
export function reasonsOfConsent(
  definition: ProcessDefinition,
  consents: readonly WeighedConsent[],
  continueAfterLapse: boolean,
  context: Context,
): readonly Reason[] {
  return usesOfDose(definition, context).flatMap((use) => {
    const { purpose } = use;
    const lapsed = consents.some(
      (consent) =>
        consent.purpose === purpose &&
        consent.decided !== undefined &&
        consent.suspect === undefined &&
        hasBegun(consent, context.transactionTime),
    );
    if (continueAfterLapse && lapsed && !isDenied(consents, purpose)) return [];
    return reasonsAgainstUse(consents, use);
  });
}

/** The uses of consent that a dose makes. */
export function usesOfDose(definition: ProcessDefinition, context: Context): readonly ConsentUse[] {
  const at = context.transactionTime;
  return definition.doseConsents.map((purpose) => ({ purpose, at, dataClasses: ['clinical'] }));
}

function hasBegun({ scope }: WeighedConsent, at: string): boolean {
  return scope.validFrom === undefined || milliseconds(scope.validFrom) <= milliseconds(at);
}
