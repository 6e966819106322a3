import { z } from 'zod';
import { actorId, digest, instant } from '../values/identifiers.js';
import { endOfProxy, proxyRelationship } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const proxySchema = z.strictObject({
  noun: z.literal('proxy'),
  patient: actorId,
  id: z.string(),
  relationship: proxyRelationship,
  /** commitment to what shows the authority */
  authority: digest,
  validUntil: instant.exactOptional(),
  enrolled: signedSchema,
  ended: signedSchema.extend({ reason: endOfProxy }).exactOptional(),
});

/** Who may speak in one patient's place, by which authority, and until when. */
export interface Proxy extends ReadOnly<z.infer<typeof proxySchema>> {}

export const proxyNoun = defineNoun<Proxy>()({
  noun: 'proxy',
  schema: proxySchema,
  under: 'patient',
  key: ['patient', 'id'],
});
