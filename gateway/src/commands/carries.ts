import { parseJws } from '@veinledger/domain';
import type { LedgerTransaction } from '@veinledger/chaincode/replay';

/** Whether a transaction's argument is the signed command of that id. */
export function carries({ args }: Pick<LedgerTransaction, 'args'>, commandId: string): boolean {
  try {
    const [jws = ''] = args;
    const { payloadDigest } = parseJws(jws, 'vnd.veinledger.command+jws', 'as-named');
    return payloadDigest === commandId;
  } catch {
    return false;
  }
}
