import { z } from 'zod';
import { coi, instant, organisationId } from '../values/identifiers.js';
import { accessReason, unblindingReason } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { reviewSchema } from './review.js';
import { signedSchema } from './signed.js';

export const emergencyAccessSchema = z.strictObject({
  noun: z.literal('emergency-access'),
  coi,
  id: z.string(),
  /** MSP id of the physician's organisation: no party, or of who unblinds a party */
  organisation: organisationId,
  /** what it opens, where that is not the whole therapy */
  opens: z.literal('arm').exactOptional(),
  reason: z.enum([...accessReason.options, ...unblindingReason.options]),
  /** commitment to the explanation */
  explanation: z.string(),
  opened: signedSchema,
  /** those here before it of the same person that a review found not justified: this one is looked at without delay */
  repeats: z.array(z.string()).exactOptional(),
  /** until when that physician learns of the therapy, unless a review ends it before; an arm is read without an end */
  until: instant.exactOptional(),
  /** what quality found of it afterwards */
  reviewed: reviewSchema.exactOptional(),
});

/**
 * That a physician of no party learns of a therapy in an emergency what its own physicians do, or a physician of a party the
 * arm of a blinded one: asked of nobody beforehand, told to all whose therapy it is, and reviewed afterwards.
 */
export interface EmergencyAccess extends ReadOnly<z.infer<typeof emergencyAccessSchema>> {}

export const emergencyAccessNoun = defineNoun<EmergencyAccess>()({
  noun: 'emergency-access',
  schema: emergencyAccessSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
