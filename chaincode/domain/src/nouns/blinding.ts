import { z } from 'zod';
import { actorId, code, organisationId } from '../values/identifiers.js';
import { role, ROLES, UNBLINDED_ROLES } from '../values/roles.js';
import type { ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

/** How therapies are blinded. */
export const blinding = z.strictObject({
  /** to one of which each patient is assigned */
  arms: z
    .array(code)
    .min(2)
    .max(16)
    .refine((arms) => new Set(arms).size === arms.length, 'arms that stand once'),
  /** who of the parties knows of which: everybody of one of these roles */
  unblindedGroup: z.array(z.enum(UNBLINDED_ROLES)).min(1).max(UNBLINDED_ROLES.length),
});

/** Which arms there are, and who knows to which a patient is assigned. */
export interface Blinding extends ReadOnly<z.infer<typeof blinding>> {}

export const assignedArmSchema = z.strictObject({
  /** to the arm, which no peer is told */
  commitment: z.string(),
  /** the roles of the process's unblinded group, as they were then */
  unblindedGroup: z.array(role).max(ROLES.length),
  assigned: signedSchema,
});

export const unblindedSchema = z.strictObject({
  /** the emergency access by which they read the arm */
  access: z.string(),
  actor: actorId,
  /** MSP id of their organisation, which is a party */
  organisation: organisationId,
});

/** A physician of a party who reads the arm, by emergency unblinding. */
export interface Unblinded extends ReadOnly<z.infer<typeof unblindedSchema>> {}
