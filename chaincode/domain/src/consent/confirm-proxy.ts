import { z } from 'zod';
import { without } from '../annulling/without.js';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { actorId, localId } from '../values/identifiers.js';
import { onlyTheirHospital, type ProxyState, readProxy } from './proxies.js';

const confirmProxyBody = z.strictObject({ patient: actorId, proxy: localId });

export const confirmProxy = definePermission({
  type: 'consent:ConfirmProxy',
  roles: ['clinician', 'coordinator'],
  signature: 'own',
  annexes: [],
  body: confirmProxyBody,
  scope: underPatient,
  reads: readProxy,
  standing: onlyTheirHospital,
  annulling: 'never',
  decide: decideConfirmProxy,
});

/** After a therapy of the patient's was halted, whatever for, the hospital says that this one speaks for them still. */
export function decideConfirmProxy(
  { existing }: ProxyState,
  command: Command<z.infer<typeof confirmProxyBody>>,
  context: Context,
): PermissionDecision {
  const subject = `proxy ${command.body.proxy}`;
  if (!existing) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_PROXY', subject }] };
  const { ended, doubted } = existing;
  const reasons = [
    ...(ended ? [{ code: 'PROXY_ENDED' as const, subject, found: `ended ${ended.at}` }] : []),
    ...(doubted ? [] : [{ code: 'NOTHING_CHANGES' as const, subject, found: 'in no doubt' }]),
  ];
  return permitUnless(reasons, () => [
    { ...without(existing, 'doubted'), confirmed: signedBy(command, context) },
  ]);
}
