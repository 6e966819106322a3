import { z } from 'zod';
import { type Command, definePermission } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId, digest } from '../values/identifiers.js';
import { keyIds, publicKeysSchema } from '../signing/keys.js';
import type { Reason } from '../nouns/reason.js';
import { type Signed, signedBy } from '../nouns/signed.js';
import { addMinutes } from '../values/time.js';
import { type Actor, isPatient } from '../nouns/actor.js';
import type { FormerKeys } from '../nouns/former-keys.js';
import { possessionProof } from '../signing/possession.js';
import type { PendingReenrolment } from '../nouns/reenrolment.js';
import { formerKeys, reasonsAgainstKeys } from './rotate.js';

/** How long keys from a re-enrolment wait before they can give consent, hours. */
export const CONSENT_WAIT_HOURS = 72;

const ofThePatient = (body: { readonly patient: string }) =>
  ({ kind: 'patient', id: body.patient }) as const;

export const reenrolPatient = definePermission({
  type: 'registry:ReenrolPatient',
  roles: ['registrar'],
  signature: 'own',
  annexes: [],
  body: z.strictObject({ patient: actorId, keys: publicKeysSchema, proof: possessionProof }),
  scope: ofThePatient,
});

export interface ReenrolState {
  readonly patient: Actor | undefined;
  /** keys of the patient's past with the new Ed25519 key */
  readonly former: FormerKeys | undefined;
}

/** The registrar's half: new keys for a patient who lost theirs. Nothing changes before a clinician confirms them. */
export function decideReenrol(
  state: ReenrolState,
  command: Command<z.infer<typeof reenrolPatient.body>>,
  context: Context,
): PermissionDecision {
  const { patient: id, keys } = command.body;
  const { patient } = state;
  const reasons = [...patientReasons(id, patient, context)];
  if (patient) reasons.push(...reasonsAgainstKeys(patient, keys, state.former));
  return permitUnless(reasons, () => [
    { noun: 'reenrolment', patient: id, keys, asked: signedBy(command, context) },
  ]);
}

export const confirmReenrolment = definePermission({
  type: 'registry:ConfirmReenrolment',
  roles: ['clinician'],
  signature: 'own',
  annexes: [],
  body: z.strictObject({
    patient: actorId,
    /** thumbprint of the new Ed25519 key, as the patient's own device shows it */
    kid: digest,
  }),
  scope: ofThePatient,
});

export interface ConfirmReenrolmentState {
  readonly patient: Actor | undefined;
  readonly pending: PendingReenrolment | undefined;
  /** keys of the patient's past with the Ed25519 key that was asked for */
  readonly former: FormerKeys | undefined;
}

/**
 * The clinician's half: this patient, in person, holds these keys. The old ones sign nothing more; the patient's record
 * shows who vouched, and the new ones cannot give consent for 72 hours.
 */
export function decideConfirmReenrolment(
  state: ConfirmReenrolmentState,
  command: Command<z.infer<typeof confirmReenrolment.body>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { patient, pending } = state;
  const subject = `actor ${body.patient}`;
  const reasons = [...patientReasons(body.patient, patient, context)];
  if (!patient || !pending) {
    reasons.push({ code: 'NOT_REENROLLED', subject, expected: "a registrar's request" });
    return { outcome: 'refused', reasons };
  }
  const expected = keyIds(pending.keys).ed25519;
  if (expected !== body.kid)
    reasons.push({ code: 'OTHER_KEYS', subject, expected, found: body.kid });
  reasons.push(...reasonsAgainstKeys(patient, pending.keys, state.former));
  const clinician = signedBy(command, context);
  return permitUnless(reasons, () => [
    renewed(patient, pending, clinician, context),
    formerKeys(patient, context, clinician, 're-enrolled'),
  ]);
}

function renewed(
  { revocation, ...patient }: Actor,
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
      { registrar: pending.asked, clinician, consentFrom },
    ],
    ...(revocation
      ? { formerRevocations: [...(patient.formerRevocations ?? []), revocation] }
      : {}),
  };
}

function patientReasons(id: string, patient: Actor | undefined, context: Context): Reason[] {
  const subject = `actor ${id}`;
  if (!patient || !isPatient(patient)) return [{ code: 'NOT_A_PATIENT', subject }];
  if (patient.organisation === context.actor.organisation) return [];
  return [
    {
      code: 'FOREIGN_ACTOR',
      subject,
      expected: context.actor.organisation,
      found: patient.organisation,
    },
  ];
}
