import type { Context, PermissionDecision } from './decision.js';
import { isPatient } from '../nouns/actor.js';
import type { Therapy } from '../nouns/therapy.js';

/**
 * Refuses a permission in a therapy that the actor's organisation has no part in, for no other reason: who its parties
 * are, what its patient agreed to and how it stands is nothing that an outsider learns by asking.
 */
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
    expected: 'a party',
    found: organisation,
  };
  return { decision: 'refused', reasons: [reason] };
}
