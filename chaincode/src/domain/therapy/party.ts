import type { Context, PermissionDecision } from '../decision.js';
import { isPatient } from '../registry/actor.js';
import type { Therapy } from './therapy.js';

/** Refuses a permission in a therapy that the actor's organisation has no part in. */
export function refuseOutsiders(
  therapy: Therapy,
  context: Context,
  decision: PermissionDecision,
): PermissionDecision {
  const { organisation } = context.actor;
  if (isPatient(context.actor) || therapy.parties.includes(organisation)) return decision;
  const reason = {
    code: 'NOT_A_PARTY',
    subject: `therapy ${therapy.coi}`,
    expected: therapy.parties.join(),
    found: organisation,
  };
  const reasons = decision.outcome === 'refused' ? decision.reasons : [];
  return { outcome: 'refused', reasons: [reason, ...reasons] };
}
