import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId, digest } from '../values/identifiers.js';
import { keyIds } from '../signing/keys.js';
import { type Signed, signedBy } from '../nouns/signed.js';
import { addMinutes } from '../values/time.js';
import type { Actor } from '../nouns/actor.js';
import type { KeyHolder } from '../nouns/key-holder.js';
import { heldBy, holdersOf } from './key-holders.js';
import type { FormerKeys } from '../nouns/former-keys.js';
import type { PendingReenrolment } from '../nouns/reenrolment.js';
import { formerKeys, reasonsAgainstKeys } from './rotate.js';
import { CONSENT_WAIT_HOURS, ownPatient, patientReasons, underPatient } from './reenrol.js';

const confirmReenrolmentBody = z.strictObject({
  patient: actorId,
  /** thumbprint of the new Ed25519 key, as the patient's own device shows it */
  kid: digest,
});

export const confirmReenrolment = definePermission({
  type: 'registry:ConfirmReenrolment',
  roles: ['clinician'],
  signature: 'own',
  annexes: [],
  body: confirmReenrolmentBody,
  scope: underPatient,
  reads: async (reader, { body }) => {
    const pending = await reader.get('reenrolment', { patient: body.patient });
    const kid = pending && keyIds(pending.keys).ed25519;
    return {
      patient: await reader.get('actor', { id: body.patient }),
      pending,
      former:
        kid === undefined
          ? undefined
          : await reader.get('former-keys', { actor: body.patient, kid }),
      holders: pending ? await holdersOf(reader, pending.keys) : [],
    };
  },
  standing: ownPatient,
  annulling: 'never',
  decide: decideConfirmReenrolment,
});

export interface ConfirmReenrolmentState {
  readonly patient: Actor | undefined;
  readonly pending: PendingReenrolment | undefined;
  /** keys of the patient's past with the Ed25519 key that was asked for */
  readonly former: FormerKeys | undefined;
  /** who has or had the keys that were asked for */
  readonly holders: readonly KeyHolder[];
}

/**
 * The clinician's half: this patient, in person, holds these keys. The old ones sign nothing more; the patient's record
 * shows who vouched, and the new ones cannot give consent for 72 hours.
 */
export function decideConfirmReenrolment(
  state: ConfirmReenrolmentState,
  command: Command<z.infer<typeof confirmReenrolmentBody>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { patient, pending } = state;
  const subject = `actor ${body.patient}`;
  const reasons = [...patientReasons(body.patient, patient)];
  if (!patient || !pending) {
    reasons.push({ code: 'NOT_REENROLLED', subject, expected: "a registrar's request" });
    return { decision: 'refused', reasons };
  }
  const expected = keyIds(pending.keys).ed25519;
  if (expected !== body.kid)
    reasons.push({ code: 'OTHER_KEYS', subject, expected, found: body.kid });
  reasons.push(...reasonsAgainstKeys(patient, pending.keys, state));
  const clinician = signedBy(command, context);
  return permitUnless(reasons, () => [
    renewed(patient, pending, clinician, context),
    formerKeys(patient, context, clinician, 're-enrolled'),
    ...heldBy(patient.id, pending.keys),
  ]);
}

function renewed(
  { revocation, revocationAsked: overtook, ...patient }: Actor,
  pending: PendingReenrolment,
  clinician: Signed,
  context: Context,
): Actor {
  const { transactionTime } = context;
  const consentFrom = addMinutes(transactionTime, CONSENT_WAIT_HOURS * 60);
  return {
    ...patient,
    keys: pending.keys,
    keysSince: transactionTime,
    reenrolments: [
      ...(patient.reenrolments ?? []),
      {
        registrar: pending.asked,
        clinician,
        consentFrom,
        ...(overtook ? { overtook } : {}),
      },
    ],
    ...(revocation
      ? { formerRevocations: [...(patient.formerRevocations ?? []), revocation] }
      : {}),
  };
}
