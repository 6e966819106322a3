import { z } from 'zod';
import type { ReadOnly } from './noun.js';

/** Under what a command's record, deviations and facts stand. */
export const scopeSchema = z.strictObject({
  kind: z.enum(['therapy', 'patient', 'lot', 'run', 'consortium']),
  id: z.string().max(110),
});

export interface Scope extends ReadOnly<z.infer<typeof scopeSchema>> {}
