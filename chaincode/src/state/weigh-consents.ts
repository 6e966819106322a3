import type { WeighedConsent } from '@veinledger/domain/consent/weighed';
import type { Consent } from '@veinledger/domain/nouns/consent';
import { statementsOfConsent } from '@veinledger/domain/consent/statements';
import type { StateReader } from './reader.js';
import { Signers } from './suspects.js';

/**
 * A patient's consents with what their evaluation needs besides: how often those with limited uses were used, and which
 * were given with compromised keys. Ranges over consents, and over the uses of the limited ones.
 */
export async function weighConsents(
  reader: StateReader,
  patient: string,
): Promise<readonly WeighedConsent[]> {
  const signers = new Signers(reader);
  const consents = await reader.range('consent', { patient });
  return Promise.all(consents.map((consent) => weigh(reader, signers, consent)));
}

async function weigh(
  reader: StateReader,
  signers: Signers,
  consent: Consent,
): Promise<WeighedConsent> {
  const { patient, purpose, id, scope } = consent;
  const [statement] = statementsOfConsent(consent);
  const suspect = statement && (await signers.suspect(statement));
  const used =
    scope.maxUses === undefined
      ? undefined
      : (await reader.range('consent-use', { patient, purpose, consent: id })).length;
  return {
    ...consent,
    ...(suspect ? { suspect } : {}),
    ...(used === undefined ? {} : { used }),
  };
}
