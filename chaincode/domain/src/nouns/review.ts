import { z } from 'zod';
import { reviewFinding } from '../values/words.js';
import type { ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

/** What quality found afterwards of what was done in an emergency. */
export const reviewSchema = signedSchema.extend({
  finding: reviewFinding,
  /** commitment to the investigation */
  investigation: z.string(),
  /** whole minutes after its time was over; 0 where it was not */
  overdueMinutes: z.int().min(0),
});

/** Quality's look at what was done in an emergency. */
export interface Review extends ReadOnly<z.infer<typeof reviewSchema>> {}
