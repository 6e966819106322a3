import type { AnnexVault } from '../vault/annex-vault.js';
import { VeinledgerError } from '@veinledger/domain';
import { ProblemError } from '../problems/problem.js';
import type { AnnexExchange } from './exchange.js';

/** An annex that a member's vault lacks, and why it still does. */
export interface LackingAnnex {
  readonly digest: string;
  readonly reason: string;
}

/** What filling a vault came to. */
export interface Gathered {
  /** annexes that the vault held before */
  readonly held: number;
  readonly fetched: number;
  /** annexes of therapies in which this gateway's member takes no part */
  readonly foreign: number;
  readonly lacking: readonly LackingAnnex[];
}

export interface GatherOptions {
  readonly signal: AbortSignal;
  /** annexes that are held, or of no therapy and foreign: they are not looked at, and those that turn out so are added */
  readonly settled?: Set<string>;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/**
 * Fetches every annex of the gateway's own member that its vault does not hold, or holds damaged.
 * @throws LedgerError when the ledger cannot answer
 */
export async function gather(
  vault: Pick<AnnexVault, 'findWhole'>,
  exchange: Pick<AnnexExchange, 'digests' | 'fetch' | 'isForeign'>,
  { signal, settled = new Set(), onProgress }: GatherOptions,
): Promise<Gathered> {
  const digests = (await exchange.digests()).filter((digest) => !settled.has(digest));
  const lacking: LackingAnnex[] = [];
  let [held, fetched, foreign, done] = [0, 0, 0, 0];
  for (const digest of digests) {
    signal.throwIfAborted();
    const isHeld = (await vault.findWhole(digest)) !== undefined;
    if (!isHeld && (await exchange.isForeign(digest))) foreign += 1;
    else {
      const fault = isHeld ? 'held' : await faultOf(() => exchange.fetch(digest, signal));
      if (fault === 'held') held += 1;
      else if (fault === undefined) fetched += 1;
      else if (fault === 'foreign') foreign += 1;
      else lacking.push({ digest, reason: fault });
      if (lacking.at(-1)?.digest !== digest) settled.add(digest);
    }
    onProgress?.({ done: ++done, total: digests.length });
  }
  return { held, fetched, foreign, lacking };
}

async function faultOf(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof VeinledgerError && error.code === 'NOT_ENTITLED') return 'foreign';
    if (error instanceof ProblemError) return error.details.found ?? error.details.detail;
    throw error;
  }
}
