import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { DecisionToGoOn } from '../nouns/decision.js';
import type { Item } from '../nouns/item.js';
import type { Reason, StatedReason } from '../nouns/reason.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import { effectiveOf } from '../nouns/signed.js';
import { classOf, isDeviationCode } from '../values/deviation-codes.js';
import { addMinutes, isBefore, milliseconds } from '../values/time.js';
import { type CodeInTheWay, isInTheWay } from '../values/reason-codes.js';
import type { Blocked } from './blocks.js';
import { lacksIdentityOrSafety } from './containers.js';
import { besides, type Known } from './override.js';

/**
 * What physician and release person decide on after what cannot be undone (A10): by default what stands in the way, and
 * none of this, which stops still. Whose the product is, or that nothing says so any more; a recall; a missing review or
 * certification; a check of identity or safety that failed, or has no result, or none any more since the test was set aside; the patient's no, and the end of the therapy;
 * the check at the bedside; and what is led on from otherwise: by another container, another line, another hand.
 */
const STOPS_STILL: Readonly<Record<CodeInTheWay, boolean>> = {
  ALARM_NOT_SEEN: true,
  ALARM_OPEN: true,
  BATCH_NOT_RELEASED: true,
  BROKEN_CHAIN: true,
  CHECK_FAILED: true,
  CIRCULAR_CHAIN: true,
  COLLECTIONS_NOT_COMPARED: true,
  COLLECTION_NOT_CONFIRMED: true,
  CONSENT_DENIED: true,
  CONSENT_NOT_ACTIVE: true,
  CONTAINER_TAKEN: true,
  DESIGN_DIFFERS: true,
  DESIGN_NOT_APPROVED: true,
  DEVIATION_OPEN: false,
  ENTERED_IN_ERROR: true,
  EXPIRED: false,
  FOREIGN_ITEM: true,
  HAND_OFF_NOT_ACCEPTED: false,
  IDENTITY_MISMATCH: true,
  IDENTITY_NOT_BY_DISPOSITION: true,
  INVESTIGATION_MISSING: false,
  KIND_NOT_MADE: true,
  LOT_EXPIRED: false,
  MADE_OF_NOTHING: true,
  NOT_FIT: true,
  NOT_HOLDER: true,
  NOT_IN_CUSTODY: true,
  NOT_MADE_THERE: true,
  NOT_OF_THIS_FILL: true,
  NOT_REVIEWED: true,
  NOT_TESTED: false,
  NOT_VERIFIED: true,
  NO_BATCH: true,
  NO_INPUT: true,
  ON_HOLD: false,
  ORDER_LINE_TAKEN: true,
  RECALLED: true,
  REJECTED: false,
  RELABELLING_NOT_VERIFIED: true,
  RESULT_MISSING: true,
  SAFETY_NOT_BY_DISPOSITION: true,
  SEQUENCE_NOT_CONFIRMED: true,
  STEP_NOT_DONE: false,
  SUSPECT_SIGNATURE: true,
  THERAPY_HALTED: true,
  TOKEN_NOT_READ: true,
  UNIDENTIFIED_ITEM: true,
  UNKNOWN_STEP: true,
  VERIFICATION_USED: true,
  WRONG_KIND: true,
};

/** Whether physician and release person may go on although this stands against the product (A10). */
export function isDecidable({ code, found = '' }: Pick<Reason, 'code' | 'found'>): boolean {
  if (!isInTheWay(code) || STOPS_STILL[code] || lacksIdentityOrSafety({ code, found }))
    return false;
  const of = isDeviationCode(found) ? classOf(found) : undefined;
  return of !== 'identity' && of !== 'safety';
}

/** Until when what was decided after what cannot be undone counts, from the first signature on; RFC 3339. */
export function decidedUntil(
  { decisionMinutes = 60 }: Pick<ProcessDefinition, 'decisionMinutes'>,
  { signatures }: Pick<DecisionToGoOn, 'signatures'>,
): string | undefined {
  const [first] = signatures;
  return first && addMinutes(effectiveOf(first), decisionMinutes);
}

/** The decisions that count now, on any of these items; half-signed ones are among them. */
export function decisionsOn(
  { definition, decisions }: Pick<WholeTherapy, 'definition' | 'decisions'>,
  items: readonly Pick<Item, 'id'>[],
  at: string,
): readonly DecisionToGoOn[] {
  return [...decisions.values()].filter((each) => {
    const until = decidedUntil(definition, each);
    if (each.annulled || !items.some(({ id }) => id === each.item)) return false;
    return until !== undefined && milliseconds(until) >= milliseconds(at);
  });
}

/** What physician and release person decided on, or the first of them did. */
export function knownIn({ decided, behind }: Pick<DecisionToGoOn, 'decided' | 'behind'>): Known {
  return { reasons: decided, behind };
}

/** Those of some reasons that physician and release person have not decided on for a product or what it is prepared of. */
export function notDecided<R extends StatedReason>(
  whole: Pick<WholeTherapy, 'definition' | 'decisions'> & Blocked,
  items: readonly Pick<Item, 'id'>[],
  reasons: readonly R[],
  at: string,
): readonly R[] {
  const agreed = decisionsOn(whole, items, at).filter(
    (each) => each.agreed && !isBefore(at, each.agreed.time),
  );
  return besides(whole, reasons, agreed.map(knownIn));
}
