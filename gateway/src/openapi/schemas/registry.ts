import {
  type Actor,
  actorId,
  actorKind,
  type Bootstrapped,
  country,
  digest,
  type FormerKeys,
  instant,
  type Organisation,
  organisationId,
  processDefinition,
  publicKeysSchema,
  role,
  standing,
} from '@veinledger/domain';
import { z } from 'zod';
import { exactOptional, signed } from './vocabulary.js';

const revocation = z.strictObject({
  at: instant,
  by: actorId,
  reason: z.string(),
  compromisedSince: exactOptional(instant),
});

export const actor = z.strictObject({
  noun: z.literal('actor'),
  id: actorId,
  organisation: organisationId,
  kind: actorKind,
  roles: z.array(role),
  keys: publicKeysSchema,
  enrolledAt: instant,
  enrolledBy: actorId,
  keysSince: exactOptional(instant),
  revocation: exactOptional(revocation),
  formerRevocations: exactOptional(z.array(revocation)),
  reenrolments: exactOptional(
    z.array(z.strictObject({ registrar: signed, clinician: signed, consentFrom: instant })),
  ),
}) satisfies z.ZodType<Actor>;

/** Keys that an actor held before. */
export const formerKeys = z.strictObject({
  noun: z.literal('former-keys'),
  actor: actorId,
  kid: digest,
  keys: publicKeysSchema,
  from: instant,
  until: instant,
  endedBy: signed,
  end: z.enum(['rotated', 're-enrolled']),
}) satisfies z.ZodType<FormerKeys>;

/** What a person delegated to a device. */
export const session = z.strictObject({
  noun: z.literal('session'),
  device: actorId,
  principal: actorId,
  organisation: organisationId,
  types: z.array(z.string()),
  opened: signed,
  until: instant,
  closed: exactOptional(signed),
});

export const organisation = z.strictObject({
  noun: z.literal('organisation'),
  id: organisationId,
  country,
  grantable: z.array(role),
  registrars: z.array(actorId),
  standing,
}) satisfies z.ZodType<Organisation>;

export const consortium = z.strictObject({
  noun: z.literal('root'),
  digest,
  network: digest,
  bootstrappedBy: actorId,
  at: instant,
}) satisfies z.ZodType<Bootstrapped>;

export const processVersion = z.strictObject({
  noun: z.literal('process'),
  id: z.string(),
  version: z.string(),
  hash: digest,
  definition: processDefinition,
  publishedBy: actorId,
  at: instant,
});
