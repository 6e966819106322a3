import { z } from 'zod';
import { anyCode } from '../values/identifiers.js';
import { verdictWord } from '../values/words.js';
import type { ReasonCode } from '../values/reason-codes.js';
import type { ReadOnly } from './noun.js';

export const reasonSchema = z.strictObject({
  code: anyCode,
  /** what it is about, for instance `item https://id.gs1.org/01/…` */
  subject: z.string().exactOptional(),
  expected: z.string().exactOptional(),
  found: z.string().exactOptional(),
});

/** Why a permission was refused, as it stands in a record: rules of another version may know other codes. */
export interface StatedReason extends ReadOnly<z.infer<typeof reasonSchema>> {}

/** Why a permission is refused: `next/ways.ts` says who leads on from each code that stands in the way. */
export interface Reason extends StatedReason {
  readonly code: ReasonCode;
}

export const verdictSchema = z.strictObject({ check: z.string(), verdict: verdictWord });

/** What became of one check: `missing` when no result came, `unexpected` when the process asks for none. */
export interface Verdict extends ReadOnly<z.infer<typeof verdictSchema>> {}
