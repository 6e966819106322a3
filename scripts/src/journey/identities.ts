import { keyIds } from '@veinledger/domain';
import { generateActorKeys } from '@veinledger/client/node';
import { provenKeys } from '@veinledger/cli';
import { type Committed, type Submitter, type Person, send } from './submitter.js';

/** A person's new keys, by a command that the old ones sign; gives the person with the new ones. */
export async function rotateKeys(
  submitter: Submitter,
  person: Person,
): Promise<{ readonly person: Person; readonly committed: Committed }> {
  const keys = generateActorKeys();
  const body = await provenKeys(submitter.network, person.id, keys);
  const committed = await send(submitter, person, { type: 'registry:RotateKeys', body });
  return { person: { ...person, keys }, committed };
}

/** New keys for a patient who lost theirs: the registrar asks, the clinician confirms. */
export async function reenrol(
  submitter: Submitter,
  patient: Person,
  by: { readonly registrar: Person; readonly clinician: Person },
): Promise<{ readonly patient: Person; readonly committed: Committed }> {
  const keys = generateActorKeys();
  const proven = await provenKeys(submitter.network, patient.id, keys);
  await send(submitter, by.registrar, {
    type: 'registry:ReenrolPatient',
    body: { patient: patient.id, ...proven },
  });
  const committed = await send(submitter, by.clinician, {
    type: 'registry:ConfirmReenrolment',
    body: { patient: patient.id, kid: keyIds(keys.public).ed25519 },
  });
  return { patient: { ...patient, keys }, committed };
}

/** Ends a patient's keys: the registrar asks, the clinician confirms. */
export async function revokePatient(
  submitter: Submitter,
  patient: Pick<Person, 'id'>,
  by: { readonly registrar: Person; readonly clinician: Person },
  said: { readonly reason: string; readonly compromisedSince?: string },
): Promise<Committed> {
  const { receipt } = await send(submitter, by.registrar, {
    type: 'registry:RevokePatient',
    body: { patient: patient.id, ...said },
  });
  return send(submitter, by.clinician, {
    type: 'registry:ConfirmRevocation',
    body: { patient: patient.id, asked: receipt.commandId },
  });
}

/** Delegates types of command to a device for a shift. */
export function openSession(
  submitter: Submitter,
  person: Person,
  device: Pick<Person, 'id'>,
  types: readonly string[],
  minutes = 480,
): Promise<Committed> {
  return send(submitter, person, {
    type: 'registry:OpenSession',
    body: { device: device.id, types, minutes },
  });
}

/** Ends a device's session. */
export function closeSession(
  submitter: Submitter,
  by: Person,
  device: Pick<Person, 'id'>,
): Promise<Committed> {
  return send(submitter, by, { type: 'registry:CloseSession', body: { device: device.id } });
}

/** Says that an actor's keys are in other hands since then. */
export function revokeCompromised(
  submitter: Submitter,
  registrar: Person,
  actor: Pick<Person, 'id'>,
  compromisedSince: string,
): Promise<Committed> {
  return send(submitter, registrar, {
    type: 'registry:RevokeActor',
    body: { actor: actor.id, reason: 'key-compromised', compromisedSince },
  });
}
