import { z } from 'zod';
import { code, coi } from '../values/identifiers.js';
import { exceptionFinding } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { reasonSchema } from './reason.js';
import { signedSchema } from './signed.js';

/** Words that travel in an annex, by their commitment. */
const inWords = signedSchema.extend({ explanation: z.string() });

const evaluationSchema = signedSchema.extend({
  finding: exceptionFinding,
  /** commitment to the evaluation of its risks */
  investigation: z.string(),
  /** what stood against the batch, and the exception stands in the place of */
  covered: z.array(reasonSchema),
});

const notificationSchema = signedSchema.extend({
  /** which authority */
  authority: code,
  /** whole minutes after its time was over; 0 where it was not */
  overdueMinutes: z.int().min(0),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

export const exceptionSchema = z.strictObject({
  noun: z.literal('exception'),
  coi,
  id: z.string(),
  batch: z.string(),
  /** by a physician */
  requested: inWords,
  /** by the manufacturer's quality */
  evaluated: evaluationSchema.exactOptional(),
  /** by a physician, with the patient's consent; from then on it stands */
  accepted: inWords.exactOptional(),
  notified: z.array(notificationSchema),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/**
 * That a batch outside its specification is given: a physician's request, the manufacturer's evaluation of the risks, the
 * physician's acceptance with the patient's consent, and whom authorities heard it from.
 */
export interface Exception extends ReadOnly<z.infer<typeof exceptionSchema>> {}

export const exceptionNoun = defineNoun<Exception>()({
  noun: 'exception',
  schema: exceptionSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
