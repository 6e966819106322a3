import { reasonsAgainstUse } from '../consent/evaluate.js';
import type { ConsentUse } from '../consent/use.js';
import type { WeighedConsent } from '../consent/weighed.js';
import type { Organisation } from '../nouns/organisation.js';
import type { Reason } from '../nouns/reason.js';
import { purpose } from '../values/words.js';

/** What every member's peer holds of a therapy goes to its parties, and to their countries. */
export function crossingsOf(
  parties: readonly Organisation[],
  jurisdiction: string,
  at: string,
): readonly ConsentUse[] {
  return parties
    .filter(({ country }) => country !== jurisdiction)
    .map(({ id: recipient, country }) => ({
      purpose: purpose.enum.CROSS_BORDER,
      ...{ recipient, country, at },
      dataClasses: ['manufacturing'],
    }));
}

/** Why these cannot take part: each is an active member, in a country that the therapy's or the patient's consent covers. */
export function reasonsOfParties(
  parties: readonly { readonly id: string; readonly member: Organisation | undefined }[],
  {
    consents,
    jurisdiction,
    at,
  }: {
    readonly consents: readonly WeighedConsent[];
    readonly jurisdiction: string;
    readonly at: string;
  },
): readonly Reason[] {
  return parties.flatMap(({ id, member }): readonly Reason[] => {
    const subject = `organisation ${id}`;
    if (!member) return [{ code: 'UNKNOWN_PARTY', subject }];
    const { standing, country } = member;
    if (standing !== 'active') return [{ code: 'PARTY_NOT_ACTIVE', subject, found: standing }];
    const covered = crossingsOf([member], jurisdiction, at).every(
      (use) => reasonsAgainstUse(consents, use).length === 0,
    );
    if (covered) return [];
    return [{ code: 'COUNTRY_NOT_COVERED', subject, expected: jurisdiction, found: country }];
  });
}
