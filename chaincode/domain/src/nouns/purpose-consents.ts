import { z } from 'zod';
import { actorId } from '../values/identifiers.js';
import { purpose } from '../values/words.js';
import { type ConsentTerms, consentSchema } from './consent.js';
import { defineNoun, type ReadOnly } from './noun.js';

export const purposeConsentsSchema = z.strictObject({
  noun: z.literal('purpose-consents'),
  patient: actorId,
  purpose,
  /** all of them in the order of their keys, whatever became of them */
  consents: z.array(
    consentSchema.omit({
      ...{ noun: true, patient: true, purpose: true },
      ...{ legalBasis: true, form: true, requested: true },
    }),
  ),
});

/**
 * All that a patient has said of one purpose, under one key: a fact that uses the patient's material reads that instead of
 * a range, and conflicts with every consent that is asked for, given or taken back meanwhile. Written with each of them.
 */
export interface PurposeConsents extends ReadOnly<z.infer<typeof purposeConsentsSchema>> {}

/** The consents of a purpose as one record. */
export function purposeConsents(
  { patient, purpose }: Pick<ConsentTerms, 'patient' | 'purpose'>,
  consents: readonly ConsentTerms[],
): PurposeConsents {
  return {
    noun: 'purpose-consents',
    patient,
    purpose,
    consents: consents.map(({ id, state, scope, decided, ended, supersedes, ...by }) => ({
      ...{ id, state, scope },
      ...(decided === undefined ? {} : { decided }),
      ...(ended === undefined ? {} : { ended }),
      ...(supersedes === undefined ? {} : { supersedes }),
      ...(by.takesBack === undefined ? {} : { takesBack: by.takesBack }),
      ...(by.countsWith === undefined ? {} : { countsWith: by.countsWith }),
    })),
  };
}

/** What the record of a purpose says of each of its consents. */
export function consentsIn({
  patient,
  purpose,
  consents,
}: PurposeConsents): readonly ConsentTerms[] {
  return consents.map((consent) => ({ ...consent, patient, purpose }));
}

export const purposeConsentsNoun = defineNoun<PurposeConsents>()({
  noun: 'purpose-consents',
  schema: purposeConsentsSchema,
  under: 'patient',
  key: ['patient', 'purpose'],
});
