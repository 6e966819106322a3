import { signatureSchema } from '@veinledger/domain';
import { suspectMark } from '@veinledger/client/wire';
import { exactOptional } from './vocabulary.js';

export { committedCommand, markedRecord, receipt, type Receipt } from '@veinledger/client/wire';
export { recordSchema as commandRecord, verdictSchema as verdict } from '@veinledger/domain';

/** A signature as it is read, marked where it is suspect. */
export const markedSignature = signatureSchema.extend({ suspect: exactOptional(suspectMark) });
