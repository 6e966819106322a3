import {
  actorId,
  coi,
  type Dose,
  type DoseLine,
  instant,
  itemId,
  type Outcome,
  role,
  type Verification,
} from '@veinledger/domain';
import { z } from 'zod';
import { exactOptional, signed } from './vocabulary.js';

export const dose = z.strictObject({
  noun: z.literal('dose'),
  coi,
  id: z.string(),
  number: z.int().min(1),
  item: itemId,
  authorised: exactOptional(signed),
  administrations: z.array(
    signed.extend({
      item: itemId,
      course: z.enum(['complete', 'interrupted', 'not-started']),
      annex: z.string(),
    }),
  ),
}) satisfies z.ZodType<Dose>;

export const doseLine = z.strictObject({
  noun: z.literal('dose-line'),
  coi,
  number: z.int().min(1).max(99),
  dose: z.string(),
}) satisfies z.ZodType<DoseLine>;

export const verification = z.strictObject({
  noun: z.literal('verification'),
  coi,
  id: z.string(),
  item: itemId,
  by: signed.extend({ roles: z.array(role) }),
  token: z.enum(['wristband', 'device', 'witnessed']),
  patient: actorId,
  labelCoi: coi,
  verifiedAt: instant,
  matches: z.boolean(),
}) satisfies z.ZodType<Verification>;

export const outcome = z.strictObject({
  noun: z.literal('outcome'),
  coi,
  id: z.string(),
  kind: z.string(),
  commitment: z.string(),
  reported: signed,
}) satisfies z.ZodType<Outcome>;
