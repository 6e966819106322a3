import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Override } from '../nouns/override.js';
import type { Reason, StatedReason } from '../nouns/reason.js';
import { effectiveOf } from '../nouns/signed.js';
import { classOf, type DeviationCode, isDeviationCode } from '../values/deviation-codes.js';
import type { ReasonCode } from '../values/reason-codes.js';
import { addMinutes, milliseconds } from '../values/time.js';
import { type Blocked, blockersBehind } from './blocks.js';

/** Time, paperwork, the checks at the bedside and the order's lines. */
const OVERRIDABLE: ReadonlySet<ReasonCode> = new Set([
  'CONTAINER_TAKEN',
  'EXPIRED',
  'HAND_OFF_NOT_ACCEPTED',
  'LOT_EXPIRED',
  'NOT_HOLDER',
  'NOT_VERIFIED',
  'ON_HOLD',
  'ORDER_LINE_TAKEN',
  'TOKEN_NOT_READ',
  'VERIFICATION_USED',
]);

/** How something was made, tested or given, where that puts in doubt neither whose it is nor that it does no harm. */
const OVERRIDABLE_DEVIATIONS: ReadonlySet<DeviationCode> = new Set([
  'ADVERSE_EVENT',
  'EQUIPMENT_FAULT',
  'EXPIRED_PRODUCT_GIVEN',
  'INSUFFICIENT_MATERIAL',
  'LOTS_MISSING',
  'LOTS_NOT_ASKED_FOR',
  'OTHER_ORDER_LINE',
  'PARENT_QUARANTINED',
  'PROCEDURE_NOT_FOLLOWED',
  'QUARANTINED_PRODUCT_GIVEN',
  'RESULT_MISSING',
  'RESULT_OUT_OF_LIMITS',
  'RESULT_REPLACED',
  'RESULT_UNEXPECTED',
  'RUN_MISSING',
  'RUN_NOT_ASKED_FOR',
  'SAME_PERSON',
  'STEP_BY_WRONG_ROLE',
  'STEP_OUT_OF_ORDER',
  'UNAUTHORISED_ADMINISTRATION',
]);

/**
 * Whether an emergency override stands in the place of what a reason asks for (A11): what A4, A6 and A7 ask, as far as it
 * is time, paperwork or not settled yet. Whose the product is, a recall, what quality rejected, certification, a failed
 * check of identity or safety, what compromised keys signed and the patient's consent are none of these, and neither is any
 * reason that is not named here.
 */
export function isOverridable({ code, found = '' }: Reason): boolean {
  if (code === 'NOT_IN_CUSTODY') return found === 'in-transit';
  if (code === 'DEVIATION_OPEN') return isDeviationCode(found) && isUnsettledOnly(found);
  return OVERRIDABLE.has(code);
}

function isUnsettledOnly(code: DeviationCode): boolean {
  const of = classOf(code);
  return of === 'condition' || of === 'record' || OVERRIDABLE_DEVIATIONS.has(code);
}

/** The half that somebody signed and that still counts: as long as an authorisation does. */
export function standingOverride(
  { definition, overrides }: Pick<WholeTherapy, 'definition' | 'overrides'>,
  dose: string,
  at: string,
): Override | undefined {
  const found = overrides.get(dose);
  const [first] = found?.signatures ?? [];
  if (!found || !first || found.authorised || found.annulled) return undefined;
  const until = addMinutes(effectiveOf(first), definition.authorisationMinutes);
  return milliseconds(until) >= milliseconds(at) ? found : undefined;
}

/** Those of some reasons that an override of the dose did not know and decide on. */
export function notOverridden<R extends StatedReason>(
  whole: Blocked,
  reasons: readonly R[],
  override: Override | undefined,
): readonly R[] {
  if (!override?.authorised || override.annulled) return reasons;
  return besides(whole, reasons, [knownBy(override)]);
}

/** What somebody decided on. */
export interface Known {
  readonly reasons: readonly StatedReason[];
  /** the deviations, holds and rejections behind these, by their ids */
  readonly behind: readonly string[];
}

function knownBy({ overridden, behind }: Pick<Override, 'overridden' | 'behind'>): Known {
  return { reasons: overridden, behind };
}

/** Those of some reasons that are not among what somebody decided on, or behind which something else has come since. */
export function besides<R extends StatedReason>(
  whole: Blocked,
  reasons: readonly R[],
  known: readonly Known[],
): readonly R[] {
  const names = new Set(known.flatMap((each) => each.reasons.map(nameOf)));
  const behind = new Set(known.flatMap((each) => each.behind));
  return reasons.filter(
    (reason) =>
      !names.has(nameOf(reason)) || blockersBehind(whole, reason).some((id) => !behind.has(id)),
  );
}

/** What time alone brings about, which whoever signs an override for some minutes knows. */
const BY_TIME: ReadonlySet<ReasonCode> = new Set(['EXPIRED', 'NOT_VERIFIED', 'TOKEN_NOT_READ']);

/** Those of some reasons that somebody brought about since a half of an override was signed. */
export function notKnownTo<R extends Reason>(
  whole: Blocked,
  override: Pick<Override, 'overridden' | 'behind'>,
  reasons: readonly R[],
): readonly R[] {
  const brought = reasons.filter(({ code }) => !BY_TIME.has(code));
  return besides(whole, brought, [knownBy(override)]);
}

/** A time that a reason was asked at says nothing of what it is. */
function nameOf({ code, subject, found }: StatedReason): string {
  return JSON.stringify([code, subject ?? null, found ?? null]);
}
