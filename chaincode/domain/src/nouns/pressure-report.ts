import { z } from 'zod';
import { actorId, coi, digest } from '../values/identifiers.js';
import { purpose } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const pressureReportSchema = z.strictObject({
  noun: z.literal('pressure-report'),
  patient: actorId,
  id: z.string(),
  /** the therapy that it was about, where there was one already */
  coi: coi.exactOptional(),
  /** what was asked for when it was felt, where the patient says so */
  purpose: purpose.exactOptional(),
  reported: signedSchema,
  /** commitment to the patient's words */
  commitment: digest,
});

/** That a patient felt pressed to agree, which nobody of the team that asked is told of. */
export interface PressureReport extends ReadOnly<z.infer<typeof pressureReportSchema>> {}

export const pressureReportNoun = defineNoun<PressureReport>()({
  noun: 'pressure-report',
  schema: pressureReportSchema,
  under: 'patient',
  key: ['patient', 'id'],
});
