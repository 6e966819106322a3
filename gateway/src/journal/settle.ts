import type { Ledger } from '@veinledger/ledger';
import type { SubmissionJournal } from './journal.js';

/** How long a transaction that no block holds may still come, in milliseconds. */
const MAY_STILL_COME_MS = 24 * 3600 * 1000;

/**
 * Looks up what became of the transactions that were sent and not settled.
 * @returns how many no block holds yet
 * @throws LedgerError when the ledger cannot answer
 */
export async function settleJournal(
  journal: SubmissionJournal,
  ledger: Pick<Ledger, 'status'>,
): Promise<number> {
  let unknown = 0;
  for (const { transactionId, at } of journal.unsettled()) {
    const { state } = await ledger.status(transactionId);
    const given = Date.now() - Date.parse(at) > MAY_STILL_COME_MS;
    if (state === 'unknown' && !given) unknown += 1;
    else journal.settled(transactionId);
  }
  return unknown;
}
