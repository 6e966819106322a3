import {
  actorId,
  coi,
  country,
  digest,
  gln,
  organisationId,
  type Therapy,
} from '@veinledger/domain';
import { z } from 'zod';
import { blockers, cleared, signed } from './vocabulary.js';

export const therapy = z.strictObject({
  noun: z.literal('therapy'),
  coi,
  patient: actorId,
  process: z.strictObject({ id: z.string(), version: z.string(), hash: digest }),
  parties: z.array(organisationId),
  jurisdiction: country,
  orderLines: z.array(
    z.strictObject({
      dose: z.int().min(1),
      day: z.int().min(0),
      site: gln,
      depot: gln,
      slot: z.string(),
    }),
  ),
  ordered: signed,
  blockers,
  cleared,
}) satisfies z.ZodType<Therapy>;
