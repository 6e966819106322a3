import type { AnnexVault } from './annex-vault.js';

/** Whether a command stands on the ledger. */
export type Committed = (commandId: string) => Promise<boolean>;

/**
 * Takes away annexes whose commands never committed, and confirms those whose did.
 * @param before only what was stored before this time, ms since 1970
 * @returns the digests of what was taken away
 */
export async function sweepOrphans(
  vault: AnnexVault,
  committed: Committed,
  before: number,
): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const digest of await vault.unconfirmed(before)) {
    const annex = await vault.find(digest);
    const standing = await Promise.all(
      (annex?.origins ?? []).map((origin) => committed(origin.commandId)),
    );
    if (standing.includes(true)) {
      await vault.confirm(digest);
    } else {
      await vault.remove(digest, before);
      removed.push(digest);
    }
  }
  return removed;
}
