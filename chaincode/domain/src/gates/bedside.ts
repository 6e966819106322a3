import type { WholeTherapy } from '../graph/whole-therapy.js';
import { bedsideRolesOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { changesOfLabel } from '../nouns/relabelling.js';
import { effectiveOf, peopleIn, principalOf, type Signed } from '../nouns/signed.js';
import type { Verification } from '../nouns/verification.js';
import { addMinutes, milliseconds } from '../values/time.js';

/**
 * Why the bedside check does not stand (A6): two staff whom the process names for it and the patient's own token for this
 * container, within the process's last minutes by effective time and after the last mismatch, each verification used by one
 * authorisation.
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
  const standing = standingChecks(whole, item, ids, at).filter((each) => isAsked(whole, each));
  return [
    ...reasonsOfMismatch(whole, item, named),
    ...reasonsOfReuse(whole, named),
    ...reasonsOfStaff(whole, standing),
    ...reasonsOfToken(whole, standing),
  ];
}

/**
 * The mismatches at the bedside that nothing has answered since: of this container only fresh checks of it by both, of any
 * other thing fresh checks of some container by both (A6). Whoever names no checks at all does not get past them.
 */
export function reasonsOfMismatches(whole: AtTheBedside, item: string): readonly Reason[] {
  const all = [...whole.verifications.values()].filter(({ annulled }) => !annulled);
  const isAnswered = (mismatch: Verification) => {
    const since = all.filter(
      (each) => each.matches && isAsked(whole, each) && isAfter(each, mismatch.by),
    );
    const containers =
      mismatch.item === item ? [item] : [...new Set(since.flatMap((each) => each.item ?? []))];
    return containers.some((container) => {
      const fresh = since.filter((each) => each.item === container);
      return staffIn(whole, fresh) >= 2 && reasonsOfToken(whole, fresh).length === 0;
    });
  };
  return all
    .filter((each) => !each.matches && !isAnswered(each))
    .map((mismatch) => ({
      code: 'IDENTITY_MISMATCH',
      subject: `verification ${mismatch.id}`,
      expected: 'a fresh check by both',
      found: differencesOf(mismatch, item),
    }));
}

/** What checks at the bedside are judged by. */
type AtTheBedside = Pick<
  WholeTherapy,
  'therapy' | 'definition' | 'doses' | 'items' | 'verifications'
>;

/**
 * The checks that nobody is shown yet, so that each of two staff answers before seeing the other's answer (A6): of a
 * container that only one of them verified, while that counts. A mismatch is shown at once: it stops what both would do.
 * @param at RFC 3339
 */
export function unansweredChecks(whole: AtTheBedside, at: string): readonly Verification[] {
  const used = new Set([...whole.doses.values()].flatMap(({ verifications }) => verifications));
  const ids = [...whole.verifications.keys()].filter((id) => !used.has(id));
  const containers = new Set(ids.flatMap((id) => whole.verifications.get(id)?.item ?? []));
  return [...containers].flatMap((item) => {
    const standing = standingChecks(whole, item, ids, at);
    const asked = standing.filter((each) => isAsked(whole, each));
    return staffIn(whole, asked) < 2 ? standing : [];
  });
}

/** Those of the named verifications that stand for a container, whoever made them: by the label that it bears now. */
export function standingChecks(
  whole: AtTheBedside,
  item: string,
  ids: readonly string[],
  at: string,
): readonly Verification[] {
  const mismatches = [...whole.verifications.values()].filter(
    ({ matches, annulled }) => !matches && !annulled,
  );
  const changes = changesOfLabel(whole.items.get(item) ?? {});
  return checksNamed(whole, ids).filter(
    (each) =>
      each.matches &&
      each.item === item &&
      isStanding(whole, each, at) &&
      changes.every((change) => isAfter(each, change)) &&
      mismatches.every((mismatch) => isAfter(each, mismatch.by)),
  );
}

/** What was entered in error counts neither for nor against. */
function checksNamed(whole: AtTheBedside, ids: readonly string[]): readonly Verification[] {
  return [...new Set(ids)]
    .flatMap((id) => whole.verifications.get(id) ?? [])
    .filter(({ annulled }) => !annulled);
}

/** Whether the process asks for the check of whoever made it: by staff of a role that it names, or by the patient. */
function isAsked({ therapy, definition }: AtTheBedside, { by }: Verification): boolean {
  const roles = bedsideRolesOf(definition);
  return principalOf(by) === therapy.patient || by.roles.some((role) => roles.includes(role));
}

function isStanding({ definition }: AtTheBedside, { by }: Verification, at: string): boolean {
  const until = milliseconds(addMinutes(effectiveOf(by), definition.bedsideMinutes));
  return milliseconds(at) <= until;
}

/** After a mismatch, or another label, everybody looks afresh: a check that was made before it, and entered after, is none. */
function isAfter({ by }: Verification, found: Signed): boolean {
  const isLater = (one: string, other: string) => milliseconds(one) > milliseconds(other);
  return isLater(by.time, found.time) && isLater(effectiveOf(by), effectiveOf(found));
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

function reasonsOfStaff(whole: WholeTherapy, standing: readonly Verification[]): readonly Reason[] {
  const staff = staffIn(whole, standing);
  if (staff >= 2) return [];
  const roles = bedsideRolesOf(whole.definition).join(' or ');
  return [
    { code: 'NOT_VERIFIED', expected: `two staff at the bedside, ${roles}`, found: `${staff}` },
  ];
}

/** How many people, but for the patient, made checks. */
function staffIn({ therapy }: AtTheBedside, checks: readonly Verification[]): number {
  const others = checks.filter(({ by }) => principalOf(by) !== therapy.patient);
  return peopleIn(others.map(({ by }) => by));
}

function reasonsOfToken(
  { therapy }: Pick<WholeTherapy, 'therapy'>,
  standing: readonly Verification[],
): readonly Reason[] {
  if (standing.some(({ by }) => principalOf(by) === therapy.patient)) return [];
  if (standing.some(({ token }) => token === 'wristband')) return [];
  const witnesses = standing.filter(({ token }) => token === 'witnessed');
  if (peopleIn(witnesses.map(({ by }) => by)) >= 2) return [];
  return [{ code: 'TOKEN_NOT_READ', expected: "the patient's wristband, device or two witnesses" }];
}
