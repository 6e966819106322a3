import { z } from 'zod';
import type { PublicKeys } from '../keys.js';
import type { Role } from '../roles.js';

export const actorKind = z.enum(['person', 'device', 'service']);

/** A person, a device or a service that signs commands. */
export interface Actor {
  readonly noun: 'actor';
  readonly id: string;
  readonly organisation: string;
  readonly kind: z.infer<typeof actorKind>;
  readonly roles: readonly Role[];
  readonly keys: PublicKeys;
  readonly enrolledAt: string;
  readonly enrolledBy: string;
  readonly revocation?: { readonly at: string; readonly by: string; readonly reason: string };
}

/** Whether the actor is a patient, whose commands any member's relay identity carries. */
export function isPatient(actor: Actor): boolean {
  return actor.roles.includes('patient');
}
