import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { type Actor, isPatient } from '../nouns/actor.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { actorId, commitment, instant, localId } from '../values/identifiers.js';
import { proxyRelationship } from '../values/words.js';
import { reasonsOfPeriod } from './period.js';
import { onlyTheirHospital, type ProxyState, readProxy } from './proxies.js';

const enrolProxyBody = z.strictObject({
  patient: actorId,
  proxy: localId,
  /** by which they sign themselves; left out where staff record what they say */
  actor: actorId.optional(),
  relationship: proxyRelationship,
  /** what shows the authority: salted, its opening is kept where that is */
  authority: commitment,
  validUntil: instant.optional(),
});

export const enrolProxy = definePermission({
  type: 'consent:EnrolProxy',
  roles: ['clinician', 'coordinator'],
  signature: 'own',
  annexes: [],
  body: enrolProxyBody,
  scope: underPatient,
  reads: async (reader, command) => {
    const { actor: id } = command.body;
    const actor = id === undefined ? undefined : await reader.get('actor', { id });
    return { ...(await readProxy(reader, command)), actor };
  },
  standing: onlyTheirHospital,
  annulling: 'never',
  decide: decideEnrolProxy,
});

export interface EnrolProxyState extends ProxyState {
  /** by which they would sign */
  readonly actor?: Actor | undefined;
}

/** The patient's hospital says who speaks in the patient's place, by which authority, and until when. */
export function decideEnrolProxy(
  { patient, existing, actor }: EnrolProxyState,
  command: Command<z.infer<typeof enrolProxyBody>>,
  context: Context,
): PermissionDecision {
  const { proxy: id, validUntil, actor: signer, ...body } = command.body;
  const subject = `proxy ${id}`;
  const reasons: Reason[] = [];
  if (!patient || !isPatient(patient)) {
    reasons.push({ code: 'NOT_A_PATIENT', subject: `actor ${body.patient}` });
  }
  if (signer !== undefined && actor?.patient !== body.patient) {
    const expected = `who is enrolled to speak for ${body.patient}`;
    reasons.push({ code: 'NOT_A_PROXY', subject: `actor ${signer}`, expected });
  }
  if (existing) reasons.push({ code: 'IDENTIFIER_TAKEN', subject });
  if (validUntil !== undefined) {
    reasons.push(...reasonsOfPeriod({ validUntil }, subject, context.transactionTime));
  }
  return permitUnless(reasons, () => [
    {
      noun: 'proxy',
      ...{ ...body, id, enrolled: signedBy(command, context) },
      ...(signer === undefined ? {} : { actor: signer }),
      ...(validUntil === undefined ? {} : { validUntil }),
    },
  ]);
}
