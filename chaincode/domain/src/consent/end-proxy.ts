import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { actorId, localId } from '../values/identifiers.js';
import { endOfProxy } from '../values/words.js';
import { onlyTheirHospital, type ProxyState, readProxy } from './proxies.js';

const endProxyBody = z.strictObject({ patient: actorId, proxy: localId });

/** Why, which the hospital alone reads: a death or a birthday is nobody else's to know. */
const endContent = z.strictObject({ reason: endOfProxy });

export const endProxy = definePermission({
  type: 'consent:EndProxy',
  roles: ['clinician', 'coordinator'],
  signature: 'own',
  annexes: [{ name: 'end', required: true, content: endContent }],
  body: endProxyBody,
  scope: underPatient,
  reads: readProxy,
  standing: onlyTheirHospital,
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
  const subject = `proxy ${command.body.proxy}`;
  if (!existing) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_PROXY', subject }] };
  const reasons: readonly Reason[] = existing.ended
    ? [{ code: 'PROXY_ENDED', subject, found: `ended ${existing.ended.at}` }]
    : [];
  const commitment = command.annex?.['end'] ?? '';
  return permitUnless(reasons, () => [
    { ...existing, ended: { ...signedBy(command, context), commitment } },
  ]);
}
