import { therapySchema } from '@veinledger/domain';
import { withheld } from '@veinledger/client/wire';

/** A therapy as it is told. */
export const therapy = therapySchema.extend({ withheld });
