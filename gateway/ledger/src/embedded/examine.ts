import type { ChainVerification, LedgerCopy } from '../port.js';
import { walkChain } from './chain-walk.js';
import { Store } from './store.js';

/** What a directory holds, and whether its chain is intact. */
export interface ExaminedLedger extends LedgerCopy {
  readonly verification: ChainVerification;
}

/**
 * Opens a ledger's files, walks its chain, and lets go of them.
 * @throws Error when the directory holds no ledger, another process has it open, or where its chain ends cannot be read
 */
export async function examineLedger(directory: string): Promise<ExaminedLedger> {
  const store = new Store(directory);
  await store.open();
  try {
    const identity = await store.identity();
    if (identity === undefined) throw new Error(`${directory}: expected a ledger, found none`);
    const { height, lastHash: headHash } = await store.head();
    return { ...identity, height, headHash, verification: await walkChain(store) };
  } finally {
    await store.close();
  }
}
