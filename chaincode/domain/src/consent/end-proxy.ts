import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { onlyOfPatientsHospital } from '../standing/refuse.js';
import { actorId, localId } from '../values/identifiers.js';
import { endOfProxy } from '../values/words.js';
import type { ProxyState } from './enrol-proxy.js';

const endProxyBody = z.strictObject({ patient: actorId, proxy: localId, reason: endOfProxy });

export const endProxy = definePermission({
  type: 'consent:EndProxy',
  roles: ['clinician', 'coordinator'],
  signature: 'own',
  annexes: [],
  body: endProxyBody,
  scope: underPatient,
  reads: async (reader, { body }) => ({
    patient: await reader.get('actor', { id: body.patient }),
    existing: await reader.get('proxy', { patient: body.patient, id: body.proxy }),
  }),
  standing: ({ patient }, { body }, context) =>
    onlyOfPatientsHospital(
      patient,
      { code: 'NOT_THE_PATIENTS_HOSPITAL', subject: `actor ${body.patient}` },
      context,
    ),
  annulling: 'never',
  decide: decideEndProxy,
});

/**
 * Somebody speaks in the patient's place no more: the patient died, is of age or able again, or the authority was taken
 * from them. What they said before stays said.
 */
export function decideEndProxy(
  { existing }: ProxyState,
  command: Command<z.infer<typeof endProxyBody>>,
  context: Context,
): PermissionDecision {
  const { proxy, reason } = command.body;
  const subject = `proxy ${proxy}`;
  if (!existing) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_PROXY', subject }] };
  const reasons: readonly Reason[] = existing.ended
    ? [{ code: 'PROXY_ENDED', subject, found: `ended: ${existing.ended.reason}` }]
    : [];
  return permitUnless(reasons, () => [
    { ...existing, ended: { ...signedBy(command, context), reason } },
  ]);
}
