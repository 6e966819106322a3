import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId, instant } from '../values/identifiers.js';
import { type Actor, isPatient } from '../nouns/actor.js';
import { signedBy } from '../nouns/signed.js';
import { endOfActor } from '../values/words.js';
import { ownPatient, patientReasons, underPatient } from './reenrol.js';
import { reasonsAgainstRevocation } from './revoke.js';

const revokePatientBody = z.strictObject({
  patient: actorId,
  reason: endOfActor,
  /** from when the keys may have been in other hands; what they signed since is suspect */
  compromisedSince: instant.optional(),
});

export const revokePatient = definePermission({
  type: 'registry:RevokePatient',
  roles: ['registrar'],
  signature: 'own',
  annexes: [],
  body: revokePatientBody,
  scope: underPatient,
  reads: async (reader, { body }) => ({ patient: await reader.get('actor', { id: body.patient }) }),
  standing: ownPatient,
  annulling: 'never',
  decide: decideRevokePatient,
});

/**
 * The registrar's half: a patient's keys are to end. The patient's record shows it, and nothing changes before a clinician
 * confirms it (E4). Asked once more, it takes the place of what was asked before.
 */
export function decideRevokePatient(
  { patient }: { readonly patient: Actor | undefined },
  command: Command<z.infer<typeof revokePatientBody>>,
  context: Context,
): PermissionDecision {
  const { patient: id, reason, compromisedSince } = command.body;
  if (!patient || !isPatient(patient))
    return { decision: 'refused', reasons: patientReasons(id, patient) };
  return permitUnless(reasonsAgainstRevocation(patient, compromisedSince, context), () => [
    {
      ...patient,
      revocationAsked: {
        registrar: signedBy(command, context),
        reason,
        ...(compromisedSince === undefined ? {} : { compromisedSince }),
      },
    },
  ]);
}
