import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { actorId, localId } from '../values/identifiers.js';
import { purpose } from '../values/words.js';
import { agreed, answered, reasonsAgainstAgreeing } from './agree.js';
import { type CareState, readCare } from './care.js';
import { reasonsAgainstProxysYes } from './own-will.js';
import { onlySelf } from './proxies.js';

const agreeAsProxyBody = z.strictObject({
  patient: actorId,
  /** as which proxy of the patient's */
  proxy: localId,
  purpose,
  consent: localId,
  ...answered,
});

export const agreeAsProxy = definePermission({
  type: 'consent:AgreeAsProxy',
  roles: ['proxy'],
  signature: 'own',
  annexes: [],
  body: agreeAsProxyBody,
  scope: underPatient,
  reads: readCare,
  standing: onlySelf,
  annulling: 'never',
  decide: decideAgreeAsProxy,
});

/** Who speaks in the patient's place agrees to what was asked, as long as they do, and where the patient did not say no. */
export function decideAgreeAsProxy(
  state: CareState,
  command: Command<z.infer<typeof agreeAsProxyBody>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { ofPurpose } = state;
  const question = ofPurpose.find(({ id }) => id === body.consent);
  if (!question) {
    const subject = `consent ${body.consent}`;
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_CONSENT', subject }] };
  }
  const reasons = [
    ...reasonsAgainstAgreeing(question, body, context),
    ...reasonsAgainstProxysYes(state, body.proxy, context.transactionTime),
  ];
  return permitUnless(reasons, () => {
    const [given, ...others] = agreed(question, body, signedBy(command, context), ofPurpose);
    return given ? [{ ...given, proxy: body.proxy }, ...others] : others;
  });
}
