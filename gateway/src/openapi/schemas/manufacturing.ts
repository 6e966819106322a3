import {
  type Batch,
  coi,
  type Confirmation,
  confirmationBasis,
  country,
  type Dataset,
  type Design,
  type Deviation,
  digest,
  type Hold,
  instant,
  itemId,
  localId,
  type Lot,
  lotId,
  organisationId,
  role,
  type Run,
  type StepAttempt,
  type Use,
} from '@veinledger/domain';
import { z } from 'zod';
import { verdict } from './record.js';
import {
  anyCode,
  attemptOf,
  blockers,
  cleared,
  exactOptional,
  signed,
  subject,
} from './vocabulary.js';

const ids = z.array(z.string());
const attempt = z.int().min(1).max(99);
const vials = z.int().min(0);

export const step = z.strictObject({
  noun: z.literal('step'),
  coi,
  step: z.string(),
  attempt,
  permission: exactOptional(signed.extend({ inputs: z.array(itemId) })),
  report: exactOptional(
    signed.extend({
      inputs: z.array(z.strictObject({ coi, id: itemId })),
      outputs: z.array(itemId),
      inputDatasets: ids,
      datasets: ids,
      lots: ids,
      run: exactOptional(z.string()),
      design: exactOptional(z.string()),
      batch: exactOptional(z.string()),
      equipment: ids,
      sop: z.strictObject({ id: z.string(), version: z.string() }),
      pipeline: exactOptional(z.strictObject({ container: digest, model: exactOptional(digest) })),
      verdicts: z.array(verdict),
    }),
  ),
  blockers,
  cleared,
}) satisfies z.ZodType<StepAttempt>;

export const dataset = z.strictObject({
  noun: z.literal('dataset'),
  coi,
  id: z.string(),
  commitment: digest,
  producedBy: attemptOf,
  region: country,
  blockers,
  cleared,
}) satisfies z.ZodType<Dataset>;

export const design = z.strictObject({
  noun: z.literal('design'),
  coi,
  id: z.string(),
  version: z.int().min(1),
  commitment: digest,
  datasets: ids,
  ranking: attemptOf,
  submitted: signed,
  approved: exactOptional(signed),
  blockers,
  cleared,
}) satisfies z.ZodType<Design>;

export const batch = z.strictObject({
  noun: z.literal('batch'),
  coi,
  id: z.string(),
  design: z.string(),
  parentBatch: exactOptional(z.string()),
  fill: attemptOf,
  vials: z.array(itemId),
  reconciliation: z.strictObject({
    made: vials,
    sampled: vials,
    retained: vials,
    rejected: vials,
  }),
  expiry: instant,
  recorded: signed,
  tests: exactOptional(attemptOf),
  review: exactOptional(signed),
  certification: exactOptional(signed),
  recall: exactOptional(signed.extend({ reason: z.string() })),
  blockers,
  cleared,
}) satisfies z.ZodType<Batch>;

export const deviation = z.strictObject({
  noun: z.literal('deviation'),
  scope: z.strictObject({ kind: z.string(), id: z.string() }),
  id: z.string(),
  code: anyCode,
  classification: z.enum(['minor', 'major', 'critical']),
  subjects: z.array(subject),
  expected: exactOptional(z.string()),
  found: exactOptional(z.string()),
  opened: signed,
  disposition: exactOptional(signed.extend({ decision: z.enum(['permit-use', 'reject']) })),
}) satisfies z.ZodType<Deviation>;

export const hold = z.strictObject({
  noun: z.literal('hold'),
  coi,
  id: z.string(),
  subject,
  reason: anyCode,
  liftedByRole: role,
  placed: signed,
  lifted: exactOptional(signed),
}) satisfies z.ZodType<Hold>;

export const confirmation = z.strictObject({
  noun: z.literal('confirmation'),
  coi,
  id: digest,
  basis: confirmationBasis,
  confirmed: signed,
}) satisfies z.ZodType<Confirmation>;

export const lot = z.strictObject({
  noun: z.literal('lot'),
  id: lotId,
  kind: z.string(),
  expiry: instant,
  registered: signed,
  organisation: organisationId,
}) satisfies z.ZodType<Lot>;

export const run = z.strictObject({
  noun: z.literal('run'),
  id: localId,
  flowCell: z.string(),
  instrument: z.string(),
  registered: signed,
  organisation: organisationId,
}) satisfies z.ZodType<Run>;

export const lotUse = z.strictObject({
  noun: z.enum(['lot-use', 'run-use']),
  of: z.string(),
  coi,
  step: z.string(),
  attempt,
}) satisfies z.ZodType<Use>;
