import { z } from 'zod';

export {
  anyCode,
  attemptOf,
  signedSchema as signed,
  subjectRef as subject,
} from '@veinledger/domain';

/** Leaves members out instead of setting them to undefined, as the ledger's JSON does. */
export const { exactOptional } = z;
