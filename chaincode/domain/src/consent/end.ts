import type { Consent } from '../nouns/consent.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Signed } from '../nouns/signed.js';
import type { ConsentState } from '../values/words.js';

/** What may still permit something, or be answered. A no stays what it is. */
const NOT_OVER: ReadonlySet<ConsentState> = new Set([
  'requested',
  'deferred',
  'given',
  'renewed',
  'expired',
  'reconsent-required',
]);

/**
 * The consents that end with a therapy: those for what its process asked the patient, but the keeping of samples, which
 * begins then. What the patient said of research, of being asked again and of payers was never part of the treatment.
 */
export function endedConsents(
  consents: readonly Consent[],
  { steps, doseConsents }: Pick<ProcessDefinition, 'steps' | 'doseConsents'>,
  ended: Signed,
): readonly Consent[] {
  const asked = new Set([...doseConsents, ...steps.flatMap((step) => step.consents)]);
  asked.add('OOS_ADMINISTRATION');
  asked.delete('SAMPLE_RETENTION');
  return consents
    .filter(({ purpose, state }) => asked.has(purpose) && NOT_OVER.has(state))
    .map((consent) => ({ ...consent, state: 'terminated', ended }));
}
