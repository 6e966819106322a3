import { z } from 'zod';
import { exactOptional } from './vocabulary.js';

/** Whether the chain of blocks is intact: then with its height; else with where it is broken first, and why. */
export const chainVerification = z.strictObject({
  intact: z.boolean(),
  height: exactOptional(z.int().min(0)),
  brokenBlock: exactOptional(z.int().min(0)),
  reason: exactOptional(z.string()),
});
