import { digest, lotUseSchema, runUseSchema } from '@veinledger/domain';
import { z } from 'zod';

export { lotSchema as lot, runSchema as run } from '@veinledger/domain';

/** Where a lot or a run was used. */
export const lotUse = z.discriminatedUnion('noun', [lotUseSchema, runUseSchema]);

const reached = {
  /** ids of the batches that it went into */
  batches: z.array(z.string()),
  /** ids of the doses given that it went into */
  dosesGiven: z.array(z.string()),
  /** what was said of it that concerns a dose given, and that nobody has stated in the therapy yet */
  unstated: z.array(digest),
};

/** Where a lot was used, and what it reached there. */
export const lotReach = lotUseSchema.extend(reached);

/** Where a run was used, and what it reached there. */
export const runReach = runUseSchema.extend(reached);
