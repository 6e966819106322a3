import { z } from 'zod';
import { actorId, digest, instant } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { scopeSchema } from './scope.js';

export const signatureSchema = z.strictObject({
  noun: z.literal('signature'),
  actor: actorId,
  /** the device that signed under the actor's session */
  device: actorId.exactOptional(),
  /** the person under whose session the actor, a device, signed */
  principal: actorId.exactOptional(),
  transactionTime: instant,
  commandId: digest,
  scope: scopeSchema,
});

/** From an actor to a command that it signed, or that a device signed for it. */
export interface SignaturePointer extends ReadOnly<z.infer<typeof signatureSchema>> {}

export const signatureNoun = defineNoun<SignaturePointer>()({
  noun: 'signature',
  schema: signatureSchema,
  key: ['actor', 'transactionTime', 'commandId'],
});
