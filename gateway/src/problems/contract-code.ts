import { VeinledgerError } from '@veinledger/domain';
import { LedgerError } from '@veinledger/ledger';
import { readContractMessage } from './contract-message.js';

/** By which code the contracts, or the gateway in their words, refused; undefined where the failure is another one. */
export function contractCodeOf(error: unknown): string | undefined {
  if (error instanceof VeinledgerError) return error.code;
  if (!(error instanceof LedgerError) || error.kind !== 'contract') return undefined;
  return readContractMessage(error.message)?.code;
}
