import { z } from 'zod';
import { actorId, commandTypeName, digest, organisationId } from '../values/identifiers.js';
import { role, ROLES } from '../values/roles.js';
import { reasonOfError } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { scopeSchema } from './scope.js';
import { signedSchema } from './signed.js';

const signerSchema = z.strictObject({
  organisation: organisationId,
  /** one of these is enough */
  roles: z.array(role).max(ROLES.length),
  /** nobody else, where somebody is named */
  person: actorId.exactOptional(),
});

/** Somebody who has to sign that a record was entered in error. */
export interface SignerAskedFor extends ReadOnly<z.infer<typeof signerSchema>> {}

const signatureSchema = signedSchema.extend({
  organisation: organisationId,
  roles: z.array(role),
});

/** Somebody's signature that a record was entered in error. */
export interface ErrorSignature extends ReadOnly<z.infer<typeof signatureSchema>> {}

export const annulmentSchema = z.strictObject({
  noun: z.literal('annulment'),
  scope: scopeSchema,
  /** the command whose record was entered in error */
  command: digest,
  type: commandTypeName,
  reason: reasonOfError,
  signatures: z.array(signatureSchema),
  /** who has still to sign; until nobody has, everything stands as it was */
  missing: z.array(signerSchema),
  annulled: signedSchema.exactOptional(),
});

/** That a record was entered in error: who signed so, and who is missing. The record itself stays as it was written. */
export interface Annulment extends ReadOnly<z.infer<typeof annulmentSchema>> {}

export const annulmentNoun = defineNoun<Annulment>()({
  noun: 'annulment',
  schema: annulmentSchema,
  key: ['scope', 'command'],
});
