import { z } from 'zod';
import { actorId, organisationId } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const signedForSchema = signedSchema.extend({
  /** of which hospital */
  organisation: organisationId,
});

/** A signature for one of the hospitals. */
export interface SignedFor extends ReadOnly<z.infer<typeof signedForSchema>> {}

const patientLinkSchema = z.strictObject({
  /** by which pseudonym the same person was known besides */
  other: actorId,
  state: z.enum(['apart', 'joined']),
  /** what the first of two said, until the other says the same */
  half: z.strictObject({ to: z.enum(['apart', 'joined']), by: signedForSchema }).exactOptional(),
  /** of the last change of its state, both */
  signatures: z.array(signedForSchema),
});

/** That two pseudonyms are held to be one patient's, or are so no more: both records stay as they are. */
export interface PatientLink extends ReadOnly<z.infer<typeof patientLinkSchema>> {}

export const patientLinksSchema = z.strictObject({
  noun: z.literal('patient-links'),
  patient: actorId,
  links: z.array(patientLinkSchema),
});

/**
 * All pseudonyms that somebody held a patient's to be one with, under one key: a fact that uses the patient's material
 * reads that instead of a range.
 */
export interface PatientLinks extends ReadOnly<z.infer<typeof patientLinksSchema>> {}

export const patientLinksNoun = defineNoun<PatientLinks>()({
  noun: 'patient-links',
  schema: patientLinksSchema,
  under: 'patient',
  key: ['patient'],
});
