import type { Ledger } from '@veinledger/ledger';

/** The validation code of every transaction that the blocks hold; of one id, where it is given. */
export async function validationCodes(
  ledger: Pick<Ledger, 'blocks'>,
  transactionId?: string,
): Promise<number[]> {
  const codes: number[] = [];
  for await (const { transactions } of ledger.blocks()) {
    const meant = transactions.filter(
      (each) => transactionId === undefined || each.transactionId === transactionId,
    );
    codes.push(...meant.map(({ validationCode }) => validationCode));
  }
  return codes;
}
