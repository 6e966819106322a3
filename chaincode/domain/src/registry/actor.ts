import { z } from 'zod';
import type { PublicKeys } from '../signing/keys.js';
import type { Role } from '../values/roles.js';
import type { Signed } from '../nouns/signed.js';

export const actorKind = z.enum(['person', 'device', 'service']);

/** The end of an actor, or of a patient's keys. */
export interface Revocation {
  /** the transaction's time */
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  /** what was signed with the keys from then on is suspect, RFC 3339 */
  readonly compromisedSince?: string;
}

/** How a patient came to new keys: who vouched, and from when the new keys can give consent. */
export interface Reenrolment {
  readonly registrar: Signed;
  readonly clinician: Signed;
  readonly consentFrom: string;
}

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
  /** the transaction's time of the last change of keys */
  readonly keysSince?: string;
  readonly revocation?: Revocation;
  /** revocations that a re-enrolment followed */
  readonly formerRevocations?: readonly Revocation[];
  readonly reenrolments?: readonly Reenrolment[];
}

/** Keys that an actor held and signs nothing new with; found by the thumbprint of the Ed25519 key. */
export interface FormerKeys {
  readonly noun: 'former-keys';
  readonly actor: string;
  /** RFC 7638 thumbprint of the Ed25519 key */
  readonly kid: string;
  readonly keys: PublicKeys;
  /** transaction times between which they held */
  readonly from: string;
  readonly until: string;
  readonly endedBy: Signed;
  readonly end: 'rotated' | 're-enrolled';
}

/** Whether the actor is a patient, whose commands any member's relay identity carries. */
export function isPatient(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('patient');
}
