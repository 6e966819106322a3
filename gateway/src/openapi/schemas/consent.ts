import {
  actorId,
  type Consent,
  CONSENT_STATES,
  country,
  DATA_CLASSES,
  digest,
  instant,
  language,
  localId,
  organisationId,
  purpose,
} from '@veinledger/domain';
import { z } from 'zod';
import { exactOptional, signed } from './vocabulary.js';

export const consent = z.strictObject({
  noun: z.literal('consent'),
  patient: actorId,
  purpose,
  id: z.string(),
  state: z.enum(CONSENT_STATES),
  legalBasis: z.literal('consent'),
  scope: z.strictObject({
    recipients: z.array(organisationId).optional(),
    dataClasses: z.array(z.enum(DATA_CLASSES)).optional(),
    geography: z.array(country).optional(),
    validFrom: instant.optional(),
    validUntil: instant.optional(),
    maxUses: z.int().min(1).optional(),
  }),
  form: exactOptional(z.strictObject({ id: z.string(), version: z.string(), language, digest })),
  requested: exactOptional(signed),
  decided: exactOptional(signed),
  ended: exactOptional(signed.extend({ reason: exactOptional(z.string()) })),
  supersedes: exactOptional(localId),
}) satisfies z.ZodType<Consent>;
