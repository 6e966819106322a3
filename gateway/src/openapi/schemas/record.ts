import { actorId, digest, instant, type SignaturePointer } from '@veinledger/chaincode/domain';
import { scope } from '@veinledger/client/wire';
import { z } from 'zod';

export {
  commandRecord,
  committedCommand,
  reason,
  receipt,
  type Receipt,
  scope,
  verdict,
} from '@veinledger/client/wire';

export const signaturePointer = z.strictObject({
  noun: z.literal('signature'),
  actor: actorId,
  transactionTime: instant,
  commandId: digest,
  scope,
}) satisfies z.ZodType<SignaturePointer>;
