import type { EmergencyAccess } from '../nouns/emergency-access.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import { effectiveOf, type Signed } from '../nouns/signed.js';
import type { Admitted, Therapy } from '../nouns/therapy.js';
import { addMinutes, milliseconds } from '../values/time.js';

/** Until when somebody learns by emergency access: a day from its opening where the process says nothing. RFC 3339. */
export function accessUntil(
  { emergencyAccessMinutes: minutes = 1440 }: Pick<ProcessDefinition, 'emergencyAccessMinutes'>,
  opened: Signed,
): string {
  return addMinutes(effectiveOf(opened), minutes);
}

/** Until when quality reviews it: three days from its opening where the process says nothing. RFC 3339. */
export function accessReviewDue(
  { accessReviewHours: hours = 72 }: Pick<ProcessDefinition, 'accessReviewHours'>,
  { opened }: Pick<EmergencyAccess, 'opened'>,
): string {
  return addMinutes(effectiveOf(opened), hours * 60);
}

/** Those whom emergency access admits at a time, RFC 3339. */
export function admittedAt(
  { admitted = [] }: Partial<Pick<Therapy, 'admitted'>>,
  at: string,
): readonly Admitted[] {
  return admitted.filter(({ until }) => milliseconds(at) < milliseconds(until));
}
