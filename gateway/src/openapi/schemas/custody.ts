import { itemSchema, THING_STATES } from '@veinledger/domain';
import { z } from 'zod';

/** An item with how it stands by what the next gate would say of it. */
export const itemWithState = itemSchema.extend({ state: z.enum(THING_STATES) });
