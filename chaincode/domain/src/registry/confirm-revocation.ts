import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId, digest } from '../values/identifiers.js';
import { type Actor, isPatient } from '../nouns/actor.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { ownPatient, patientReasons, underPatient } from './reenrol.js';
import { reasonsAgainstRevocation } from './revoke.js';

const confirmRevocationBody = z.strictObject({
  patient: actorId,
  /** the registrar's command that asked for it */
  asked: digest,
});

export const confirmRevocation = definePermission({
  type: 'registry:ConfirmRevocation',
  roles: ['clinician'],
  signature: 'own',
  annexes: [],
  body: confirmRevocationBody,
  scope: underPatient,
  reads: async (reader, { body }) => ({ patient: await reader.get('actor', { id: body.patient }) }),
  standing: ownPatient,
  annulling: 'never',
  decide: decideConfirmRevocation,
});

/**
 * The clinician's half: the patient's keys end as the registrar asked (E4). A withdrawal or a refusal takes effect by them
 * all the same.
 */
export function decideConfirmRevocation(
  { patient }: { readonly patient: Actor | undefined },
  command: Command<z.infer<typeof confirmRevocationBody>>,
  context: Context,
): PermissionDecision {
  const { patient: id, asked } = command.body;
  if (!patient || !isPatient(patient))
    return { decision: 'refused', reasons: patientReasons(id, patient) };
  const subject = `actor ${id}`;
  const { revocationAsked, ...known } = patient;
  if (!revocationAsked) {
    const expected = "a registrar's request";
    return { decision: 'refused', reasons: [{ code: 'NOT_ASKED', subject, expected }] };
  }
  const { registrar, ...said } = revocationAsked;
  const reasons: Reason[] = reasonsAgainstRevocation(patient, said.compromisedSince, context);
  if (registrar.command !== asked) {
    reasons.push({ code: 'OTHER_REQUEST', subject, expected: registrar.command, found: asked });
  }
  return permitUnless(reasons, () => [
    {
      ...known,
      revocation: {
        ...said,
        at: patient.revocation?.at ?? context.transactionTime,
        by: registrar.actor,
        confirmed: signedBy(command, context),
      },
    },
  ]);
}
