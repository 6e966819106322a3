import { z } from 'zod';
import { country } from '../values/country.js';
import {
  actorId,
  commandTypeName,
  digest,
  duoCode,
  instant,
  localId,
  mondoCode,
  organisationId,
} from '../values/identifiers.js';
import { language } from '../values/language.js';
import { CONSENT_STATES, consentRoute, DATA_CLASSES, purpose } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const researchPermissionSchema = z.strictObject({
  permission: duoCode,
  diseases: z.array(mondoCode).exactOptional(),
  modifiers: z.array(duoCode),
});

const consentScopeSchema = z.strictObject({
  /** MSP ids of all who may use or receive it, the patient's own hospital among them */
  recipients: z.array(organisationId).optional(),
  dataClasses: z.array(z.enum(DATA_CLASSES)).optional(),
  geography: z.array(country).optional(),
  validFrom: instant.optional(),
  validUntil: instant.optional(),
  maxUses: z.int().min(1).optional(),
  /** of research: by DUO's and MONDO's codes */
  duo: researchPermissionSchema.optional(),
});

/** What a consent covers; an absent member leaves that dimension open. */
export interface ConsentScope extends ReadOnly<z.infer<typeof consentScopeSchema>> {}

/** What of a scope depends on one clause, and is not agreed to where that is declined. */
export const coveredByClauseSchema = z.strictObject({
  recipients: z.array(organisationId).exactOptional(),
  dataClasses: z.array(z.enum(DATA_CLASSES)).exactOptional(),
  geography: z.array(country).exactOptional(),
});

const clauseSchema = z.strictObject({
  clause: z.string(),
  /** without it nothing is agreed to */
  needed: z.boolean(),
  covers: coveredByClauseSchema.exactOptional(),
});

/** A clause of a form, which the patient answers by itself. */
export interface Clause extends ReadOnly<z.infer<typeof clauseSchema>> {}

const answerSchema = z.strictObject({ clause: z.string(), agreed: z.boolean() });

/** The answer to one clause. */
export interface Answer extends ReadOnly<z.infer<typeof answerSchema>> {}

/** The form that the patient was shown. */
const consentFormSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  language,
  digest,
  clauses: z.array(clauseSchema).exactOptional(),
  /** MSP id of the hospital whose form it is, where another one enrolled the patient */
  hospital: organisationId.exactOptional(),
});

const routeSchema = z.strictObject({
  kind: consentRoute,
  /** the first of the staff who wrote it down */
  recorded: signedSchema,
  /** who else heard or saw it; a no counts before there is one */
  witness: signedSchema.exactOptional(),
  /** commitment to the scan of the paper */
  scan: digest.exactOptional(),
  /** commitment to who interpreted */
  interpreter: digest.exactOptional(),
});

export const halfSchema = z.strictObject({
  type: commandTypeName,
  /** what the first of two said, as canonical text */
  words: z.string(),
  signed: signedSchema,
});

/** What one of two staff said of a consent, until the other says the same. */
export interface Half extends ReadOnly<z.infer<typeof halfSchema>> {}

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
  ended: signedSchema
    .extend({
      reason: z.string().exactOptional(),
      /** who said no in the patient's place */
      proxy: z.string().exactOptional(),
      /** commitment to why, or to what shows the authority of who ended it */
      evidence: digest.exactOptional(),
    })
    .exactOptional(),
  supersedes: localId.exactOptional(),
  /** absent where the patient signed on their own device */
  route: routeSchema.exactOptional(),
  half: halfSchema.exactOptional(),
  /** how long the patient has to think after a talk before a yes counts */
  thinkHours: z.int().min(0).exactOptional(),
  /** the last talk with a physician about it */
  talk: signedSchema.exactOptional(),
  /** who agreed in the patient's place */
  proxy: z.string().exactOptional(),
  /** that a minor who is able to judge assents, and how that was heard */
  assent: routeSchema.exactOptional(),
  /** commitment to what was rendered of the form */
  rendered: digest.exactOptional(),
  answers: z.array(answerSchema).exactOptional(),
  /** the ids of those it narrows, whose uses count with its own */
  countsWith: z.array(z.string()).exactOptional(),
  /** the ids of what denied before and this takes back, as long as it is given */
  takesBack: z.array(z.string()).exactOptional(),
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
