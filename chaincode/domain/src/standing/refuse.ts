import { type Actor, hospitalOf } from '../nouns/actor.js';
import type { Reason } from '../nouns/reason.js';
import type { Therapy } from '../nouns/therapy.js';
import { ofParty, ofQuality, type Speaker } from './people.js';

/**
 * Refuses who is of no party: who the parties are, what the patient agreed to and how the therapy stands is nothing that
 * an outsider learns by asking.
 */
export function onlyParties(therapy: Therapy, speaker: Speaker): readonly Reason[] {
  if (ofParty(therapy, speaker)) return [];
  return [
    {
      code: 'NOT_A_PARTY',
      subject: `therapy ${therapy.coi}`,
      expected: 'a party',
      found: speaker.actor.organisation,
    },
  ];
}

/** Refuses who is not of the one party whose quality decides. */
export function onlyQuality(therapy: Therapy, speaker: Speaker): readonly Reason[] {
  if (ofQuality(therapy, speaker)) return [];
  const outside = onlyParties(therapy, speaker);
  if (outside.length > 0) return outside;
  return [
    {
      code: 'NOT_THE_THERAPYS_QUALITY',
      subject: `therapy ${therapy.coi}`,
      expected: therapy.quality,
      found: speaker.actor.organisation,
    },
  ];
}

/** Of what is an organisation's own its own people decide, and what is no such thing the decision itself says. */
export function onlyOwn(
  thing: { readonly organisation: string } | undefined,
  reason: Pick<Reason, 'code' | 'subject'>,
  { actor: { organisation } }: Speaker,
): readonly Reason[] {
  if (!thing || thing.organisation === organisation) return [];
  return [{ ...reason, expected: organisation, found: thing.organisation }];
}

/** What is asked of a patient and done to their keys is the word of the hospital that has the patient in care. */
export function onlyOfPatientsHospital(
  patient: Pick<Actor, 'organisation' | 'inCareOf'> | undefined,
  reason: Pick<Reason, 'code' | 'subject'>,
  speaker: Speaker,
): readonly Reason[] {
  return onlyOwn(patient && { organisation: hospitalOf(patient) }, reason, speaker);
}

/** Of what the consortium's members decide together, and of one's own keys, everybody entitled may ask. */
export function everybodyEntitled(): readonly Reason[] {
  return [];
}
