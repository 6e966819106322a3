import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Reason } from '../nouns/reason.js';
import { effectiveOf, personOf, principalOf } from '../nouns/signed.js';
import type { Verification } from '../nouns/verification.js';
import { addMinutes, milliseconds } from '../values/time.js';

/**
 * Why the bedside check does not stand (A6): two staff and the patient's own token for this container, within the
 * process's last minutes by effective time and after the last mismatch, each verification used by one authorisation.
 * @param ids the verifications that the physician names
 * @param at RFC 3339, what they are held against
 */
export function reasonsOfBedside(
  whole: WholeTherapy,
  item: string,
  ids: readonly string[],
  at: string,
): readonly Reason[] {
  const named = checksNamed(whole, ids);
  const standing = standingChecks(whole, item, ids, at);
  return [
    ...reasonsOfMismatch(whole, item, named),
    ...reasonsOfReuse(whole, named),
    ...reasonsOfStaff(whole, standing),
    ...reasonsOfToken(whole, standing),
  ];
}

/** Those of the named verifications that count for a container. */
export function standingChecks(
  whole: WholeTherapy,
  item: string,
  ids: readonly string[],
  at: string,
): readonly Verification[] {
  const mismatches = [...whole.verifications.values()].filter(
    ({ matches, annulled }) => !matches && !annulled,
  );
  return checksNamed(whole, ids).filter(
    (each) =>
      each.matches &&
      each.item === item &&
      isStanding(whole, each, at) &&
      mismatches.every((mismatch) => isAfter(each, mismatch)),
  );
}

/** What was entered in error counts neither for nor against. */
function checksNamed(whole: WholeTherapy, ids: readonly string[]): readonly Verification[] {
  return [...new Set(ids)]
    .flatMap((id) => whole.verifications.get(id) ?? [])
    .filter(({ annulled }) => !annulled);
}

function isStanding({ definition }: WholeTherapy, { by }: Verification, at: string): boolean {
  const until = milliseconds(addMinutes(effectiveOf(by), definition.bedsideMinutes));
  return milliseconds(at) <= until;
}

/** Whoever was there when a mismatch was found looks afresh. */
function isAfter(verification: Verification, mismatch: Verification): boolean {
  return milliseconds(verification.by.time) > milliseconds(mismatch.by.time);
}

function reasonsOfMismatch(
  { therapy }: WholeTherapy,
  item: string,
  named: readonly Verification[],
): readonly Reason[] {
  const mismatch = named.find((each) => !each.matches || each.item !== item);
  if (!mismatch) return [];
  return [
    {
      code: 'IDENTITY_MISMATCH',
      subject: `verification ${mismatch.id}`,
      expected: `${item}, patient ${therapy.patient}, label ${therapy.coi}`,
      found: differencesOf(mismatch, item),
    },
  ];
}

/** In words, since what was scanned may be another patient's. */
function differencesOf(mismatch: Verification, item: string): string {
  return mismatch.item === item ? 'another patient or label' : 'another item';
}

function reasonsOfReuse(whole: WholeTherapy, named: readonly Verification[]): readonly Reason[] {
  const doses = [...whole.doses.values()];
  return named.flatMap(({ id }) => {
    const used = doses.find(({ verifications }) => verifications.includes(id));
    const subject = `verification ${id}`;
    return used ? [{ code: 'VERIFICATION_USED', subject, found: `dose ${used.id}` }] : [];
  });
}

function reasonsOfStaff(
  { therapy }: WholeTherapy,
  standing: readonly Verification[],
): readonly Reason[] {
  const others = standing.filter(({ by }) => principalOf(by) !== therapy.patient);
  const staff = new Set(others.map(({ by }) => personOf(by)));
  if (staff.size >= 2) return [];
  const expected = 'two staff at the bedside';
  return [{ code: 'NOT_VERIFIED', expected, found: `${staff.size}` }];
}

function reasonsOfToken(
  { therapy }: WholeTherapy,
  standing: readonly Verification[],
): readonly Reason[] {
  if (standing.some(({ by }) => principalOf(by) === therapy.patient)) return [];
  if (standing.some(({ token }) => token === 'wristband')) return [];
  const witnesses = standing.filter(({ token }) => token === 'witnessed');
  if (new Set(witnesses.map(({ by }) => personOf(by))).size >= 2) return [];
  return [{ code: 'TOKEN_NOT_READ', expected: "the patient's wristband, device or two witnesses" }];
}
