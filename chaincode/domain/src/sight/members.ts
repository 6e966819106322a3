import type { DeviationCode } from '../values/deviation-codes.js';

/** What stands where a code, a name or a text is not told. */
export const WITHHELD = 'WITHHELD';

/** The members of things and records that some learners are told without. */
export const MEMBERS_WITHHELD = [
  'admitted',
  'arm',
  'unblinded',
  'blockers',
  'disposal',
  'destruction',
  'verifications',
  'reasons',
  'verdicts',
  'deviations',
  'changed',
] as const;
export type WithheldMember = (typeof MEMBERS_WITHHELD)[number];

/**
 * Deviations that say how a thing was carried, labelled and handed over, and nothing of what it is, of the patient or of a
 * result: a carrier is told why such a thing is stopped.
 */
const OF_CARRYING = new Set<string>([
  'BEFORE_ITS_SUBJECT',
  'CONTRADICTING_RECEIPT',
  'CONTRADICTING_RELABELLING',
  'DELIVERY_REJECTED',
  'FOREIGN_ITEM',
  'FOUND_AGAIN',
  'HAND_OFF_REUSED',
  'ITEM_LOST',
  'LABEL_MISMATCH',
  'LABEL_UNACCOUNTED',
  'LABEL_UNREADABLE',
  'LATE_ENTRY',
  'MISDELIVERED',
  'NOT_HOLDER',
  'NOT_INTACT',
  'NOT_IN_CUSTODY',
  'NOT_LOST',
  'NOT_ON_OR_BACK',
  'READING_OUTSIDE_JOURNEY',
  'RECEIPT_BEFORE_RELEASE',
  'RECEIVER_NOT_A_PARTY',
  'RELABELLING_NOT_VERIFIED',
  'SEAL_MISMATCH',
  'TEMPERATURE_EXCURSION',
  'UNIDENTIFIED_ITEM',
  'UNKNOWN_HAND_OFF',
  'WRONG_RECEIVER',
] satisfies readonly DeviationCode[]);

/** What is left of a member of which nothing is told, not even that it is there. */
export const LEFT_OUT = Symbol('left out');

/** What is left of a member's value; undefined where nothing had to be taken from it. */
export const REDUCED: Readonly<Record<WithheldMember, (value: unknown) => unknown>> = {
  blockers: withoutCodes,
  disposal: withoutBasis,
  // where the patient is treated now, and that somebody had to know the arm
  admitted: () => LEFT_OUT,
  arm: () => LEFT_OUT,
  unblinded: () => LEFT_OUT,
  // the patient's own word
  destruction: () => LEFT_OUT,
  deviations: withoutCodes,
  verifications: emptied,
  verdicts: emptied,
  changed: emptied,
  // that it was refused is told, and not why
  reasons: (value) => (isEmpty(value) ? undefined : [{ code: WITHHELD }]),
};

function isEmpty(value: unknown): boolean {
  return !Array.isArray(value) || value.length === 0;
}

function emptied(value: unknown): unknown {
  return isEmpty(value) ? undefined : [];
}

/** What stops a thing, or went otherwise than agreed, without the codes that say more than how it was carried. */
function withoutCodes(value: unknown): unknown {
  if (!Array.isArray(value)) return undefined;
  const coded = value.filter(isCoded);
  if (coded.every(({ code }) => OF_CARRYING.has(code))) return undefined;
  return coded.map((each) => (OF_CARRYING.has(each.code) ? each : { ...each, code: WITHHELD }));
}

/** What is to become of a thing, without the law or the wish that it rests on. */
function withoutBasis(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? { ...value, basis: WITHHELD } : undefined;
}

function isCoded(value: unknown): value is { readonly code: string } {
  return (
    typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
  );
}
