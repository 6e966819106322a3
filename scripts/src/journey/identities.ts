import { keyIds } from '@veinledger/domain';
import { generateActorKeys } from '@veinledger/client/node';
import { provenKeys } from '@veinledger/cli';
import { type Committed, type Desk, type Person, send } from './desk.js';

/** A person's new keys, by a command that the old ones sign; gives the person with the new ones. */
export async function rotateKeys(
  desk: Desk,
  person: Person,
): Promise<{ readonly person: Person; readonly committed: Committed }> {
  const keys = generateActorKeys();
  const body = await provenKeys(desk.network, person.id, keys);
  const committed = await send(desk, person, { type: 'registry:RotateKeys', body });
  return { person: { ...person, keys }, committed };
}

/** New keys for a patient who lost theirs: the registrar asks, the clinician confirms. */
export async function reenrol(
  desk: Desk,
  patient: Person,
  by: { readonly registrar: Person; readonly clinician: Person },
): Promise<{ readonly patient: Person; readonly committed: Committed }> {
  const keys = generateActorKeys();
  const proven = await provenKeys(desk.network, patient.id, keys);
  await send(desk, by.registrar, {
    type: 'registry:ReenrolPatient',
    body: { patient: patient.id, ...proven },
  });
  const committed = await send(desk, by.clinician, {
    type: 'registry:ConfirmReenrolment',
    body: { patient: patient.id, kid: keyIds(keys.public).ed25519 },
  });
  return { patient: { ...patient, keys }, committed };
}

/** Delegates types of command to a device for a shift. */
export function openSession(
  desk: Desk,
  person: Person,
  device: Pick<Person, 'id'>,
  types: readonly string[],
  minutes = 480,
): Promise<Committed> {
  return send(desk, person, {
    type: 'registry:OpenSession',
    body: { device: device.id, types, minutes },
  });
}

/** Ends a device's session. */
export function closeSession(
  desk: Desk,
  by: Person,
  device: Pick<Person, 'id'>,
): Promise<Committed> {
  return send(desk, by, { type: 'registry:CloseSession', body: { device: device.id } });
}

/** Says that an actor's keys are in other hands since then. */
export function revokeCompromised(
  desk: Desk,
  registrar: Person,
  actor: Pick<Person, 'id'>,
  compromisedSince: string,
): Promise<Committed> {
  return send(desk, registrar, {
    type: 'registry:RevokeActor',
    body: { actor: actor.id, reason: 'key-compromised', compromisedSince },
  });
}
