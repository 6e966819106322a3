import { z } from 'zod';
import { anyCode } from '../values/identifiers.js';
import { verdictWord } from '../values/words.js';
import type { ReadOnly } from './noun.js';

export const reasonSchema = z.strictObject({
  code: anyCode,
  /** what it is about, for instance `item https://id.gs1.org/01/…` */
  subject: z.string().exactOptional(),
  expected: z.string().exactOptional(),
  found: z.string().exactOptional(),
});

/** Why a permission was refused. */
export interface Reason extends ReadOnly<z.infer<typeof reasonSchema>> {}

export const verdictSchema = z.strictObject({ check: z.string(), verdict: verdictWord });

/** What became of one check: `missing` when no result came, `unexpected` when the process asks for none. */
export interface Verdict extends ReadOnly<z.infer<typeof verdictSchema>> {}
