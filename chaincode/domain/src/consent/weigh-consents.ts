import { amendmentsOf, reconsentFrom } from './amended.js';
import { joinedNoes } from './joined.js';
import { isGiven } from './stands.js';
import type { WeighedConsent } from './weighed.js';
import type { Consent, ConsentTerms } from '../nouns/consent.js';
import { statementsOfConsent } from './statements.js';
import type { Reader } from '../commands/reader.js';
import { Signers } from '../registry/suspects.js';

/**
 * A patient's consents with what their evaluation needs besides: how often those with limited uses were used, and which
 * were given with compromised keys. What was said no to under a joined pseudonym is among them. Ranges over consents, and
 * over the uses of the limited ones.
 */
export async function weighConsents(
  reader: Reader,
  patient: string,
): Promise<readonly WeighedConsent<Consent>[]> {
  const signers = new Signers(reader);
  const consents = await reader.range('consent', { patient });
  const amendments = await amendmentsOf(reader, patient, consents);
  const own = await Promise.all(
    consents.map(async (consent) => {
      const from = isGiven(consent) ? reconsentFrom(consent, amendments) : undefined;
      const weighed = await weigh(reader, signers, consent);
      return from === undefined ? weighed : { ...weighed, reconsentFrom: from };
    }),
  );
  return [...own, ...(await joinedNoes(reader, patient))];
}

async function weigh(
  reader: Reader,
  signers: Signers,
  consent: Consent,
): Promise<WeighedConsent<Consent>> {
  const statements = statementsOfConsent(consent);
  const suspects = await Promise.all(statements.map((each) => signers.suspect(each)));
  const suspect = suspects.find((each) => each !== undefined);
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
  const { patient, purpose, id, scope, decided, countsWith = [] } = consent;
  if (scope.maxUses === undefined || decided === undefined) return consent;
  const uses = await Promise.all(
    [id, ...countsWith].map((each) =>
      reader.range('consent-use', { patient, purpose, consent: each }),
    ),
  );
  return { ...consent, used: uses.flat().length };
}
