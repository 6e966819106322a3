import { z } from 'zod';
import { instant } from '../values/identifiers.js';
import { role } from '../values/roles.js';
import { earlier, milliseconds } from '../values/time.js';
import { gatheredSchema } from './gathered.js';
import type { ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const expiryChangeSchema = z.strictObject({
  from: instant,
  to: instant,
  signatures: z.array(
    gatheredSchema.extend({
      /** commitment to the data on which it rests */
      stability: z.string(),
    }),
  ),
  /** somebody of one of these roles has still to sign; until then nothing changes */
  missing: z.array(role),
  /** the last signature */
  agreed: signedSchema.exactOptional(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/** That a batch keeps for a shorter or a longer time than was thought, by data on its stability. */
export interface ExpiryChange extends ReadOnly<z.infer<typeof expiryChangeSchema>> {}

/** Whether a change gives more time than there was. */
export function isExtension({ from, to }: Pick<ExpiryChange, 'from' | 'to'>): boolean {
  return milliseconds(to) > milliseconds(from);
}

/**
 * When a batch expires (A9): every shortening counts that stands, whatever expiry it was signed against; an extension counts from
 * where it was agreed on.
 * @param first with which the batch was recorded, RFC 3339
 */
export function expiryAfter(first: string, changes: readonly ExpiryChange[]): string {
  return changes
    .filter(({ agreed, annulled }) => agreed && !annulled)
    .reduce((now, change) => (isExtension(change) ? change.to : earlier(now, change.to)), first);
}
