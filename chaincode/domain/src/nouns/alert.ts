import { z } from 'zod';
import { coi, digest, instant, lotId } from '../values/identifiers.js';
import { deviationCode } from '../values/deviation-codes.js';
import { alertRecipient } from '../values/words.js';
import { attemptNumber } from './attempt.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const command = digest;

export const alertCauseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('batch-recalled'), batch: z.string(), command }),
  z.strictObject({ kind: z.literal('lot-recalled'), lot: lotId, command }),
  z.strictObject({
    kind: z.literal('check-failed'),
    step: z.string(),
    attempt: attemptNumber,
    /** codes of the checks */
    checks: z.array(z.string()),
    command,
  }),
  z.strictObject({
    kind: z.literal('deviation'),
    /** codes of what that command opened */
    codes: z.array(deviationCode),
    command,
  }),
]);

/** What was learnt of what a dose was made of, and the command that said so. */
export type AlertCause = ReadOnly<z.infer<typeof alertCauseSchema>>;

/** Whole minutes. */
const overdueMinutes = z.int().min(0);

const acknowledgementSchema = signedSchema.extend({
  as: alertRecipient,
  /** after the physician's time was over; 0 where it was not */
  overdueMinutes,
});

const overdueReportSchema = signedSchema.extend({
  /** whose turn it was */
  asked: alertRecipient,
  overdueMinutes,
});

const toldSchema = signedSchema.extend({
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

export const alertSchema = z.strictObject({
  noun: z.literal('alert'),
  coi,
  id: z.string(),
  /** the dose that was given */
  dose: z.string(),
  cause: alertCauseSchema,
  /** since when there was something to tell: the dose was given, and the cause was known */
  since: instant,
  stated: signedSchema,
  acknowledged: acknowledgementSchema.exactOptional(),
  /** reports that nobody has acknowledged it in time */
  overdue: z.array(overdueReportSchema),
  /** when a physician told the patient */
  patientTold: z.array(toldSchema),
});

/** That the physician of a dose which was given is to know something of what it was made of (D2). */
export interface Alert extends ReadOnly<z.infer<typeof alertSchema>> {}

export const alertNoun = defineNoun<Alert>()({
  noun: 'alert',
  schema: alertSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
