import { lotUseSchema, runUseSchema } from '@veinledger/domain';
import { z } from 'zod';

export {
  batchSchema as batch,
  confirmationSchema as confirmation,
  datasetSchema as dataset,
  designSchema as design,
  deviationSchema as deviation,
  holdSchema as hold,
  lotSchema as lot,
  runSchema as run,
  stepSchema as step,
} from '@veinledger/domain';

/** Where a lot or a run was used. */
export const lotUse = z.discriminatedUnion('noun', [lotUseSchema, runUseSchema]);
