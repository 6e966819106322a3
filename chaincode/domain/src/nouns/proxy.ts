import { z } from 'zod';
import { actorId, digest, instant } from '../values/identifiers.js';
import { proxyRelationship } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const proxySchema = z.strictObject({
  noun: z.literal('proxy'),
  patient: actorId,
  id: z.string(),
  /** the actor by which they sign; absent where staff record what they say */
  actor: actorId.exactOptional(),
  relationship: proxyRelationship,
  /** commitment to what shows the authority */
  authority: digest,
  validUntil: instant.exactOptional(),
  enrolled: signedSchema,
  /** a therapy of the patient's was halted: what they agree to waits for the hospital's word that they still speak */
  doubted: signedSchema.exactOptional(),
  /** the hospital's last word that they do */
  confirmed: signedSchema.exactOptional(),
  /** with the commitment to why: a death or a birthday is nobody else's to know */
  ended: signedSchema.extend({ commitment: digest }).exactOptional(),
});

/** Who may speak in one patient's place, by which authority, and until when. */
export interface Proxy extends ReadOnly<z.infer<typeof proxySchema>> {}

export const proxyNoun = defineNoun<Proxy>()({
  noun: 'proxy',
  schema: proxySchema,
  under: 'patient',
  key: ['patient', 'id'],
});
