import type { Context } from '../commands/decision.js';
import { type Actor, isPatient } from '../nouns/actor.js';
import type { Blinding } from '../nouns/blinding.js';
import type { Organisation } from '../nouns/organisation.js';
import type { Step } from '../nouns/process-definition.js';
import type { Therapy } from '../nouns/therapy.js';

/** Whose word it is. */
export type Speaker = Pick<Context, 'actor'>;

/** Somebody of a party. A patient speaks for no hospital, and for the own therapy only (B3). */
export function ofParty(
  { parties, patient }: Pick<Therapy, 'parties' | 'patient'>,
  { actor }: Speaker,
): boolean {
  return isPatient(actor) ? actor.id === patient : parties.includes(actor.organisation);
}

/** Somebody of the one party whose quality decides on what is made. */
export function ofQuality({ quality }: Pick<Therapy, 'quality'>, { actor }: Speaker): boolean {
  return actor.organisation === quality && !isPatient(actor);
}

/** Somebody of a party who knows the arm of a blinded therapy; of any party, where it is not blinded and there is none. */
export function ofUnblindedGroup(
  therapy: Pick<Therapy, 'parties' | 'patient'>,
  blinding: Pick<Blinding, 'unblindedGroup'> | undefined,
  speaker: Speaker,
): boolean {
  if (!ofParty(therapy, speaker)) return false;
  const { roles } = speaker.actor;
  return !blinding || blinding.unblindedGroup.some((role) => roles.includes(role));
}

/**
 * Somebody of a party that does the step: one who has a role that the step names, or whose organisation may grant it. A
 * step that the process does not know is any party's.
 * @param organisation the speaker's
 */
export function ofStepRole(
  therapy: Pick<Therapy, 'parties' | 'patient'>,
  step: Pick<Step, 'roles'> | undefined,
  organisation: Pick<Organisation, 'grantable'> | undefined,
  speaker: Speaker,
): boolean {
  if (!ofParty(therapy, speaker)) return false;
  if (!step) return true;
  const { roles } = speaker.actor;
  return step.roles.some(
    (role) => roles.includes(role) || organisation?.grantable.includes(role) === true,
  );
}

/**
 * Somebody of the organisation that began something while it took part: what came of it is its word still, whoever takes part
 * now.
 */
export function ofSameOrganisation(begunBy: Actor | undefined, { actor }: Speaker): boolean {
  return begunBy !== undefined && !isPatient(actor) && begunBy.organisation === actor.organisation;
}

/** Everybody who meets the patient, of a party or not; but of another patient's therapy a patient says nothing (B3). */
export function anybodyWhoMeetsThePatient(
  { patient }: Pick<Therapy, 'patient'>,
  { actor }: Speaker,
): boolean {
  return !isPatient(actor) || actor.id === patient;
}

/** Somebody of the organisation that registered what is shared first, who owns it; before that, anybody. */
export function ofOwner(
  shared: { readonly organisation: string } | undefined,
  { actor }: Speaker,
): boolean {
  return shared === undefined || shared.organisation === actor.organisation;
}
