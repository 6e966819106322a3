import { type Ledger, LedgerError } from '@veinledger/ledger';

/**
 * The block that holds a committed transaction.
 * @throws LedgerError unavailable when the asked node does not have it yet
 */
export async function blockOf(
  ledger: Pick<Ledger, 'status'>,
  transactionId: string,
): Promise<number> {
  const status = await ledger.status(transactionId);
  if (status.state === 'valid') return status.block;
  const message = `expected a valid transaction, found ${status.state}`;
  throw new LedgerError('unavailable', message, { transactionId });
}
