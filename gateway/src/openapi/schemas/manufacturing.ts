import { lotUseSchema, runUseSchema } from '@veinledger/domain';
import { z } from 'zod';

export { lotSchema as lot, runSchema as run } from '@veinledger/domain';

/** Where a lot or a run was used. */
export const lotUse = z.discriminatedUnion('noun', [lotUseSchema, runUseSchema]);
