import { provenKeys } from '@veinledger/cli';
import { generateActorKeys } from '@veinledger/client/node';
import { keyIds } from '@veinledger/domain';
import { isOf, type Said } from '../account/said.js';
import { consentFor } from './faults/words.js';
import type { Player } from './player.js';
import type { Spoken } from './spoken.js';
import type { Stage } from './stage.js';

/** How long new keys of a patient wait until they sign (E4). */
const NEW_KEYS_MS = 72 * 60 * 60_000;

/** A patient whose keys were ended is enrolled with new ones, by a registrar and a clinician. */
export async function enrolAnew(stage: Stage, player: Player): Promise<boolean> {
  const [{ patient, cast }] = stage.journeys;
  const ended = player.said.some(
    (each) =>
      isOf(each, 'registry:ConfirmRevocation') &&
      each.body.patient === patient.id &&
      each.answer.outcome === 'permitted',
  );
  if (!ended) return false;
  const keys = generateActorKeys();
  const proven = await provenKeys(player.network, patient.id, keys);
  const kid = keyIds(keys.public).ed25519;
  for (const [type, by, body] of [
    ['registry:ReenrolPatient', 'hospital.registrar', { patient: patient.id, ...proven }],
    ['registry:ConfirmReenrolment', cast.clinician.id, { patient: patient.id, kid }],
  ] as const) {
    await player.say({ type, by, body: { ...body }, annexes: {} });
  }
  player.renew({ ...patient, keys });
  player.wait(NEW_KEYS_MS);
  return true;
}

/**
 * The patient is asked anew where anything was said of consent since the therapy was ordered, and about everything where
 * the keys are new.
 */
export function askedAgain(
  stage: Stage,
  said: readonly Said[],
  everything: boolean,
): readonly Spoken[] {
  const [{ patient }] = stage.journeys;
  const ordered = said.findIndex(
    (each) => isOf(each, 'therapy:OrderTherapy') && each.body.patient === patient.id,
  );
  const purposes = said
    .slice(everything ? 0 : ordered + 1)
    .filter(
      ({ type, actor, aside }) => type.startsWith('consent:') && actor === patient.id && !aside,
    )
    .map(({ body }) => (body as { purpose: string }).purpose);
  return [...new Set(purposes)].flatMap((purpose, index) =>
    consentFor({ plan: stage.plan }, purpose, patient.id, {}).map((word) => ({
      ...word,
      body: { ...word.body, consent: `consent-again-${index}` },
    })),
  );
}
