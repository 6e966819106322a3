import { THING_STATES } from '@veinledger/domain';
import { z } from 'zod';
import { TOLD_THINGS } from './told.js';

/** An item with how it stands by what the next gate would say of it. */
export const itemWithState = TOLD_THINGS.item.extend({ state: z.enum(THING_STATES) });
