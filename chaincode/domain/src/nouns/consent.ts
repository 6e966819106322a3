import { z } from 'zod';
import { country } from '../values/country.js';
import { actorId, digest, instant, localId, organisationId } from '../values/identifiers.js';
import { language } from '../values/language.js';
import { CONSENT_STATES, DATA_CLASSES, purpose } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const consentScopeSchema = z.strictObject({
  /** MSP ids of all who may use or receive it, the patient's own hospital among them */
  recipients: z.array(organisationId).optional(),
  dataClasses: z.array(z.enum(DATA_CLASSES)).optional(),
  geography: z.array(country).optional(),
  validFrom: instant.optional(),
  validUntil: instant.optional(),
  maxUses: z.int().min(1).optional(),
});

/** What a consent covers; an absent member leaves that dimension open. */
export interface ConsentScope extends ReadOnly<z.infer<typeof consentScopeSchema>> {}

/** The form that the patient was shown. */
const consentFormSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  language,
  digest,
});

export const consentSchema = z.strictObject({
  noun: z.literal('consent'),
  patient: actorId,
  purpose,
  id: z.string(),
  state: z.enum(CONSENT_STATES),
  legalBasis: z.literal('consent'),
  scope: consentScopeSchema,
  form: consentFormSchema.exactOptional(),
  requested: signedSchema.exactOptional(),
  decided: signedSchema.exactOptional(),
  ended: signedSchema.extend({ reason: z.string().exactOptional() }).exactOptional(),
  supersedes: localId.exactOptional(),
});

/** One patient's decision on one purpose. */
export interface Consent extends ReadOnly<z.infer<typeof consentSchema>> {}

/** A consent without what the patient was shown and asked: what it permits is read off this. */
export interface ConsentTerms extends Omit<Consent, 'noun' | 'legalBasis' | 'form' | 'requested'> {}

export const consentNoun = defineNoun<Consent>()({
  noun: 'consent',
  schema: consentSchema,
  under: 'patient',
  key: ['patient', 'purpose', 'id'],
});
