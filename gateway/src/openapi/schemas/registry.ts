import {
  type Actor,
  actorId,
  actorKind,
  type Bootstrapped,
  country,
  digest,
  instant,
  type Organisation,
  organisationId,
  processDefinition,
  publicKeysSchema,
  role,
} from '@veinledger/chaincode/domain';
import { z } from 'zod';
import { exactOptional } from './vocabulary.js';

export const actor = z.strictObject({
  noun: z.literal('actor'),
  id: actorId,
  organisation: organisationId,
  kind: actorKind,
  roles: z.array(role),
  keys: publicKeysSchema,
  enrolledAt: instant,
  enrolledBy: actorId,
  revocation: exactOptional(z.strictObject({ at: instant, by: actorId, reason: z.string() })),
}) satisfies z.ZodType<Actor>;

export const organisation = z.strictObject({
  noun: z.literal('organisation'),
  id: organisationId,
  country,
  grantable: z.array(role),
  registrar: actorId,
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
