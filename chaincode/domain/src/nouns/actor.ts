import { z } from 'zod';
import { actorId, digest, instant, organisationId } from '../values/identifiers.js';
import { role } from '../values/roles.js';
import { actorKind } from '../values/words.js';
import { publicKeysSchema } from '../signing/keys.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const revocationSchema = z.strictObject({
  /** the transaction's time */
  at: instant,
  by: actorId,
  reason: z.string(),
  /** what was signed with the keys from then on is suspect */
  compromisedSince: instant.exactOptional(),
  /** the clinician's half: a patient's takes two */
  confirmed: signedSchema.exactOptional(),
});

/** The end of an actor, or of a patient's keys. */
export interface Revocation extends ReadOnly<z.infer<typeof revocationSchema>> {}

const askedRevocationSchema = z.strictObject({
  registrar: signedSchema,
  reason: z.string(),
  compromisedSince: instant.exactOptional(),
});

/** A registrar's word that a patient's keys are to end, until a clinician confirms it. */
export interface AskedRevocation extends ReadOnly<z.infer<typeof askedRevocationSchema>> {}

const reenrolmentSchema = z.strictObject({
  registrar: signedSchema,
  clinician: signedSchema,
  consentFrom: instant,
  /** the end of the former keys that was asked for, and that nobody had confirmed */
  overtook: askedRevocationSchema.exactOptional(),
});

/** How a patient came to new keys: who vouched, and from when the new keys can give consent. */
export interface Reenrolment extends ReadOnly<z.infer<typeof reenrolmentSchema>> {}

const formerNameSchema = z.strictObject({
  /** commitment to it; absent where there was none */
  printedName: digest.exactOptional(),
  /** the transaction's time from which on there was another one */
  until: instant,
});

export const actorSchema = z.strictObject({
  noun: z.literal('actor'),
  id: actorId,
  organisation: organisationId,
  kind: actorKind,
  roles: z.array(role),
  /** keyed digest of the natural person, by which two actors of one person are known as one */
  person: digest.exactOptional(),
  /** the id of the key under which the person was named last */
  personKey: digest.exactOptional(),
  /** commitment to the name that signatures are printed with */
  printedName: digest.exactOptional(),
  /** those that earlier signatures are printed with, the earliest first */
  formerNames: z.array(formerNameSchema).exactOptional(),
  /** of who speaks in a patient's place: whose */
  patient: actorId.exactOptional(),
  keys: publicKeysSchema,
  enrolledAt: instant,
  enrolledBy: actorId,
  /** the transaction's time of the last change of keys */
  keysSince: instant.exactOptional(),
  revocation: revocationSchema.exactOptional(),
  /** that a registrar asked for the end of a patient's keys, which nobody has confirmed yet */
  revocationAsked: askedRevocationSchema.exactOptional(),
  /** revocations that a re-enrolment followed */
  formerRevocations: z.array(revocationSchema).exactOptional(),
  reenrolments: z.array(reenrolmentSchema).exactOptional(),
  /** of a patient: the hospital that took over their care from who enrolled them, by the last word for that change */
  inCareOf: signedSchema.extend({ organisation: organisationId }).exactOptional(),
});

/** A person, a device or a service that signs commands. */
export interface Actor extends ReadOnly<z.infer<typeof actorSchema>> {}

export const actorNoun = defineNoun<Actor>()({
  noun: 'actor',
  schema: actorSchema,
  key: ['id'],
  read: { contract: 'registry', readers: 'who-sees-the-actor' },
});

/**
 * MSP id of the hospital that asks a patient for consent and has the patient's keys in care: who enrolled them, until
 * another one took over.
 */
export function hospitalOf({
  organisation,
  inCareOf,
}: Pick<Actor, 'organisation' | 'inCareOf'>): string {
  return inCareOf?.organisation ?? organisation;
}

/** Whether the actor is a patient. */
export function isPatient(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('patient');
}

/** Whether the actor is of no member's staff, a patient or who speaks for one, whose commands any member's relay carries. */
export function isRelayed({ roles }: Pick<Actor, 'roles'>): boolean {
  return roles.includes('patient') || roles.includes('proxy');
}
