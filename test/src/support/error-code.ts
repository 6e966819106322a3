import { ERROR_CODES } from '@veinledger/domain';

/** The code that opens a contract's error, however the ledger wrapped it. */
export function codeOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return ERROR_CODES.find((code) => new RegExp(`\\b${code}: `).test(message)) ?? message;
}
