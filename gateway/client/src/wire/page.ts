import { z } from 'zod';

/** One page of a list, with the cursor of the next one where there is more. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** The frame of a page; its items are as the route says. */
export const page = z.looseObject({
  items: z.array(z.unknown()),
  next: z.exactOptional(z.string()),
});
