import { z } from 'zod';
import { instant } from '../values/identifiers.js';
import { algorithmStatus } from '../values/words.js';
import type { ReadOnly } from './noun.js';

/** An algorithm's name: of a standard, and not only of those that are known here. */
export const algorithmId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{1,31}$/, "an algorithm's name, such as ML-DSA-65");

export const algorithmSchema = z.strictObject({
  id: algorithmId,
  /** every command is signed by each required algorithm, and by no other */
  status: algorithmStatus,
  /** until when it is required, inclusive; no command is signed by it afterwards */
  notAfter: instant.exactOptional(),
  replacedBy: algorithmId.exactOptional(),
});

/** What members agreed on for a signature algorithm. */
export interface Algorithm extends ReadOnly<z.infer<typeof algorithmSchema>> {}
