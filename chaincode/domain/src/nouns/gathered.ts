import { z } from 'zod';
import { actorId, organisationId } from '../values/identifiers.js';
import { role, ROLES } from '../values/roles.js';
import type { ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const signerSchema = z.strictObject({
  organisation: organisationId,
  /** one of these is enough */
  roles: z.array(role).max(ROLES.length),
  /** nobody else, where somebody is named */
  person: actorId.exactOptional(),
});

/** Somebody who has to sign, where several people sign the same. */
export interface SignerAskedFor extends ReadOnly<z.infer<typeof signerSchema>> {}

export const gatheredSchema = signedSchema.extend({
  organisation: organisationId,
  roles: z.array(role),
});

/** The signature of one of them. */
export interface GatheredSignature extends ReadOnly<z.infer<typeof gatheredSchema>> {}
