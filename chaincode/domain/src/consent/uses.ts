import type { Reader } from '../commands/reader.js';
import type { Consent } from '../nouns/consent.js';
import { dataClassesOf, type Step } from '../nouns/process-definition.js';
import type { ConsentUse } from './use.js';

/** Who uses the patient's material and data, or receives it, and in which country. */
export type Recipient = Pick<ConsentUse, 'recipient' | 'country'>;

/** An organisation as the recipient of a use; its country is read where one of the consents names countries. */
export async function readRecipient(
  reader: Reader,
  organisation: string,
  consents: readonly Pick<Consent, 'scope'>[],
): Promise<Recipient> {
  const asked = consents.some(({ scope }) => scope.geography !== undefined);
  const member = asked ? await reader.get('organisation', { id: organisation }) : undefined;
  return { recipient: organisation, country: member?.country };
}

/**
 * The uses of consent that a step makes.
 * @param at RFC 3339
 */
export function usesOfStep(step: Step, recipient: Recipient, at: string): readonly ConsentUse[] {
  const dataClasses = dataClassesOf(step);
  return step.consents.map((purpose) => ({ purpose, at, dataClasses, ...recipient }));
}
