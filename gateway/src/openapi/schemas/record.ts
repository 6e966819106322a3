import { actorId, digest, instant, type SignaturePointer } from '@veinledger/domain';
import { scope, suspectMark } from '@veinledger/client/wire';
import { z } from 'zod';
import { exactOptional } from './vocabulary.js';

export {
  commandRecord,
  committedCommand,
  markedRecord,
  reason,
  receipt,
  type Receipt,
  scope,
  suspectMark,
  verdict,
} from '@veinledger/client/wire';

export const signaturePointer = z.strictObject({
  noun: z.literal('signature'),
  actor: actorId,
  device: exactOptional(actorId),
  principal: exactOptional(actorId),
  transactionTime: instant,
  commandId: digest,
  scope,
}) satisfies z.ZodType<SignaturePointer>;

/** A signature as it is read, marked where it is suspect. */
export const markedSignature = signaturePointer.extend({ suspect: exactOptional(suspectMark) });
