import type { Reader } from '../commands/reader.js';
import type { Consent, ConsentTerms } from '../nouns/consent.js';
import type { PatientLink } from '../nouns/patient-links.js';
import { latest, MAX_CLOCK_SKEW_MS, milliseconds } from '../values/time.js';
import type { Purpose } from '../values/words.js';
import { readConsentsTo } from './by-purpose.js';
import { isNoOfPatient } from './stands.js';

/**
 * What a patient said no to under another pseudonym that is held to be theirs: a no counts for both, a yes for its own
 * form alone. Once they are parted, what was said until then counts on, since nobody knows of whom it was meant. The
 * other pseudonym is not told.
 * @param purpose of all purposes where it is left out, which ranges over the other's consents
 */
export async function joinedNoes(
  reader: Reader,
  patient: string,
  purpose?: Purpose,
): Promise<readonly Consent[]> {
  const kept = await reader.get('patient-links', { patient });
  const found = await Promise.all(
    (kept?.links ?? []).map(async (link) => {
      const consents = await (purpose === undefined
        ? reader.range('consent', { patient: link.other })
        : readConsentsTo(reader, link.other, purpose));
      return consents.flatMap((consent) => ofLink(patient, link, consent));
    }),
  );
  return found.flat();
}

function ofLink(patient: string, link: PatientLink, consent: ConsentTerms): readonly Consent[] {
  const { ended, purpose, state, scope } = consent;
  if (!ended || !isNoOfPatient(consent) || !countsFor(link, ended.time)) return [];
  const of = { noun: 'consent', patient, purpose, state, legalBasis: 'consent', scope } as const;
  return [{ ...of, id: `J1.${ended.command}` }];
}

function countsFor({ state, signatures }: PatientLink, time: string): boolean {
  if (state === 'joined') return true;
  const [first, ...others] = signatures.map((each) => each.time);
  if (first === undefined) return false;
  const parted = milliseconds(latest(first, ...others));
  return milliseconds(time) <= parted + MAX_CLOCK_SKEW_MS;
}
