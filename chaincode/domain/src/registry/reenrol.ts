import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId } from '../values/identifiers.js';
import { publicKeysSchema } from '../signing/keys.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { type Actor, isPatient } from '../nouns/actor.js';
import type { KeyHolder } from '../nouns/key-holder.js';
import type { FormerKeys } from '../nouns/former-keys.js';
import { possessionProof } from '../signing/possession.js';
import { provenKeys } from './proven-keys.js';
import { reasonsAgainstKeys } from './rotate.js';
import { onlyOfPatientsHospital } from '../standing/refuse.js';

/** How long keys from a re-enrolment wait before they can give consent, hours. */
export const CONSENT_WAIT_HOURS = 72;

/** The scope of what is done to a patient's keys. */
export const underPatient = (body: { readonly patient: string }) =>
  ({ kind: 'patient', id: body.patient }) as const;

const reenrolPatientBody = z.strictObject({
  patient: actorId,
  keys: publicKeysSchema,
  proof: possessionProof,
});

export const reenrolPatient = definePermission({
  type: 'registry:ReenrolPatient',
  roles: ['registrar'],
  signature: 'own',
  annexes: [],
  body: reenrolPatientBody,
  scope: underPatient,
  reads: async (reader, { body }, context) => ({
    patient: await reader.get('actor', { id: body.patient }),
    ...(await provenKeys(reader, body.patient, body, context)),
  }),
  standing: ownPatient,
  annulling: 'never',
  decide: decideReenrol,
});

export interface ReenrolState {
  readonly patient: Actor | undefined;
  /** keys of the patient's past with the new Ed25519 key */
  readonly former: FormerKeys | undefined;
  /** who has or had the new keys */
  readonly holders: readonly KeyHolder[];
}

/** The registrar's half: new keys for a patient who lost theirs. Nothing changes before a clinician confirms them. */
export function decideReenrol(
  state: ReenrolState,
  command: Command<z.infer<typeof reenrolPatientBody>>,
  context: Context,
): PermissionDecision {
  const { patient: id, keys } = command.body;
  const { patient } = state;
  const reasons = [...patientReasons(id, patient)];
  if (patient) reasons.push(...reasonsAgainstKeys(patient, keys, state));
  return permitUnless(reasons, () => [
    { noun: 'reenrolment', patient: id, keys, asked: signedBy(command, context) },
  ]);
}

/** Why somebody is no patient who could come to new keys. */
export function patientReasons(id: string, patient: Actor | undefined): Reason[] {
  return patient && isPatient(patient) ? [] : [{ code: 'NOT_A_PATIENT', subject: `actor ${id}` }];
}

/** A patient's keys are in the care of the patient's hospital. */
export function ownPatient(
  { patient }: { readonly patient: Actor | undefined },
  { body }: Pick<Command<{ readonly patient: string }>, 'body'>,
  context: Context,
): readonly Reason[] {
  const subject = `actor ${body.patient}`;
  return onlyOfPatientsHospital(patient, { code: 'FOREIGN_ACTOR', subject }, context);
}
