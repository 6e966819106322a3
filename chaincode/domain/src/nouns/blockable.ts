import { z } from 'zod';
import { anyCode, instant, localId } from '../values/identifiers.js';
import { blockerKind } from '../values/words.js';
import type { ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const blockerSchema = z.strictObject({
  kind: blockerKind,
  /** the deviation's or the hold's id */
  id: localId,
  code: anyCode,
  /** when it may have begun; where this is absent, nobody knows */
  since: instant.exactOptional(),
});

/**
 * Why a thing may not be used. It stands in the thing's own record, so that whoever decides on the thing sees
 * it without a search. A disposition takes it away, or turns it into `rejected`.
 */
export interface Blocker extends ReadOnly<z.infer<typeof blockerSchema>> {}

/** The members of anything that deviations and holds can stop. */
export const blockable = {
  blockers: z.array(blockerSchema),
  /** the dispositions and lifts that took blockers away, on which its use rests */
  cleared: z.array(signedSchema).exactOptional(),
};

/** Anything that deviations and holds can stop. */
export interface Blockable extends ReadOnly<z.infer<z.ZodObject<typeof blockable>>> {}
