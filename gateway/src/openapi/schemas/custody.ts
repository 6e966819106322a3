import { CUSTODY_STATES, itemSchema } from '@veinledger/domain';
import { z } from 'zod';

/** An item with the state that people see. */
export const itemWithState = itemSchema.extend({
  state: z.enum([...CUSTODY_STATES, 'quarantined']),
});
