import type { WeighedConsent } from './weighed.js';
import type { Consent, ConsentTerms } from '../nouns/consent.js';
import { statementsOfConsent } from './statements.js';
import type { Reader } from '../commands/reader.js';
import { Signers } from '../registry/suspects.js';

/**
 * A patient's consents with what their evaluation needs besides: how often those with limited uses were used, and which
 * were given with compromised keys. Ranges over consents, and over the uses of the limited ones.
 */
export async function weighConsents(
  reader: Reader,
  patient: string,
): Promise<readonly WeighedConsent<Consent>[]> {
  const signers = new Signers(reader);
  const consents = await reader.range('consent', { patient });
  return Promise.all(consents.map((consent) => weigh(reader, signers, consent)));
}

async function weigh(
  reader: Reader,
  signers: Signers,
  consent: Consent,
): Promise<WeighedConsent<Consent>> {
  const [statement] = statementsOfConsent(consent);
  const suspect = statement && (await signers.suspect(statement));
  return { ...(await countUses(reader, consent)), ...(suspect ? { suspect } : {}) };
}

/**
 * A consent with how often it was used, where its uses are limited. What the patient has not agreed to was never used, and
 * is not asked about: whoever asks the patient often stops nobody's decision by that.
 */
export async function countUses<C extends ConsentTerms>(
  reader: Reader,
  consent: C,
): Promise<WeighedConsent<C>> {
  const { patient, purpose, id, scope, decided } = consent;
  if (scope.maxUses === undefined || decided === undefined) return consent;
  const uses = await reader.range('consent-use', { patient, purpose, consent: id });
  return { ...consent, used: uses.length };
}
