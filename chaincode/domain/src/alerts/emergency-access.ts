import type { Context } from '../commands/decision.js';
import type { EmergencyAccess } from '../nouns/emergency-access.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import { effectiveOf, isOwnSignature, type Signed } from '../nouns/signed.js';
import type { Admitted, Therapy } from '../nouns/therapy.js';
import { addMinutes, milliseconds } from '../values/time.js';
import { ESCALATION } from './timing.js';

/** Until when somebody learns by emergency access: a day from its opening where the process says nothing. RFC 3339. */
export function accessUntil(
  { emergencyAccessMinutes: minutes = 1440 }: Pick<ProcessDefinition, 'emergencyAccessMinutes'>,
  opened: Signed,
): string {
  return addMinutes(effectiveOf(opened), minutes);
}

/**
 * Until when it is reviewed: three days from its opening where the process says nothing. By somebody whose last one was not
 * justified it is an alarm, which those on duty answer before it goes to their deputies. RFC 3339.
 */
export function accessReviewDue(
  {
    accessReviewHours: hours = 72,
    escalation = ESCALATION,
  }: Pick<ProcessDefinition, 'accessReviewHours' | 'escalation'>,
  { opened, repeats }: Pick<EmergencyAccess, 'opened' | 'repeats'>,
): string {
  return addMinutes(effectiveOf(opened), repeats ? escalation.deputyMinutes : hours * 60);
}

/** Of a therapy's emergency accesses those of who opens another, under whatever name, that a review found not justified. */
export function repeatedIn(
  accesses: readonly EmergencyAccess[],
  context: Context,
): Pick<EmergencyAccess, 'repeats'> {
  const repeats = accesses
    .filter(({ reviewed, opened }) => {
      return reviewed?.finding === 'not-justified' && isOwnSignature(opened, context);
    })
    .map(({ id }) => id);
  return repeats.length > 0 ? { repeats } : {};
}

/** The therapy without what that emergency access opened; undefined where it is over at that time, RFC 3339, anyway. */
export function withoutAccess(therapy: Therapy, access: string, at: string): Therapy | undefined {
  const isOther = (each: { readonly access: string }) => each.access !== access;
  const { unblinded = [] } = therapy;
  const admitted = admittedAt(therapy, at);
  if (!admitted.every(isOther)) return { ...therapy, admitted: admitted.filter(isOther) };
  if (!unblinded.every(isOther)) return { ...therapy, unblinded: unblinded.filter(isOther) };
  return undefined;
}

/** Those whom emergency access admits at a time, RFC 3339. */
export function admittedAt(
  { admitted = [] }: Partial<Pick<Therapy, 'admitted'>>,
  at: string,
): readonly Admitted[] {
  return admitted.filter(({ until }) => milliseconds(at) < milliseconds(until));
}
