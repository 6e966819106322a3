import type { Consent } from '../nouns/consent.js';
import type { Statement } from '../registry/suspicion.js';

/** The patient's own signature on a consent; none where the patient has not answered. */
export function statementsOfConsent({ purpose, id, decided }: Consent): readonly Statement[] {
  return decided ? [{ subject: `consent ${purpose} ${id}`, signed: decided }] : [];
}
