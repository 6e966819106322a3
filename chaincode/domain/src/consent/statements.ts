import type { Consent } from '../nouns/consent.js';
import type { Statement } from '../registry/suspicion.js';

/** The signatures on an answer: the patient's own, or those of the two staff who recorded it; none where there is no answer. */
export function statementsOfConsent({
  purpose,
  id,
  decided,
  route,
}: Consent): readonly Statement[] {
  if (!decided) return [];
  const signatures = route ? [decided, route.recorded] : [decided];
  return signatures.map((signed) => ({ subject: `consent ${purpose} ${id}`, signed }));
}
