import { z } from 'zod';
import { exactOptional } from './vocabulary.js';

/** What every operation that takes a command is handed: the command, and its annexes as texts by name. */
export const submission = z.strictObject({
  jws: z.string(),
  annexes: exactOptional(z.record(z.string(), z.string())),
});
