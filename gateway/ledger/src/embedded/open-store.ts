import { isOpenElsewhere, openFailure, openPrivateFolder } from '@veinledger/ledger/storage';
import { LedgerError } from '../port.js';
import type { EmbeddedLedgerOptions } from './options.js';
import { Store } from './store.js';

/**
 * Opens the files of a ledger and checks whose they are; a new directory is given its owner.
 * Throws a {@link LedgerError} of kind `unavailable`.
 */
export async function openStore(options: EmbeddedLedgerOptions): Promise<Store> {
  const { directory, channel, organisation } = options;
  const store = new Store(directory);
  try {
    await openPrivateFolder(directory);
    await store.open();
  } catch (cause) {
    throw new LedgerError('unavailable', reason(directory, cause), { cause });
  }
  const found = await store.identity().catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  if (found === undefined) {
    await store.writeIdentity({ channel, organisation });
  } else if (found.channel !== channel || found.organisation !== organisation) {
    await store.close();
    const expected = `channel ${channel} of ${organisation}`;
    const belongs = `channel ${found.channel} of ${found.organisation}`;
    const message = `the ledger in ${directory}: expected ${expected}, found ${belongs}`;
    throw new LedgerError('unavailable', message);
  }
  return store;
}

function reason(directory: string, error: unknown): string {
  if (isOpenElsewhere(error)) {
    return `the ledger in ${directory} is open already, here or in another process`;
  }
  return `the ledger in ${directory} cannot be opened: ${String(openFailure(error))}`;
}
