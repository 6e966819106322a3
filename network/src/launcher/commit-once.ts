import { setTimeout as sleep } from 'node:timers/promises';

const ASK_AGAIN_MS = 500;

/** What members do about one definition of chaincode. */
export interface Committing {
  readonly isCommitted: () => Promise<boolean>;
  /** MSP ids of the members that are still to approve it; fails where it is committed already */
  readonly missing: () => Promise<string[]>;
  readonly commit: () => Promise<void>;
}

/**
 * Commits a definition when nobody's approval is missing, or sees that another member did, at whatever moment.
 * @param patienceMs how long approvals are waited for, milliseconds
 * @returns MSP ids of those that have not approved; none when it is committed
 * @throws what asking or committing throws while it is not committed
 */
export async function commitOnce(
  { isCommitted, missing, commit }: Committing,
  patienceMs: number,
  signal?: AbortSignal,
): Promise<string[]> {
  const deadline = performance.now() + patienceMs;
  try {
    while (!(await isCommitted())) {
      signal?.throwIfAborted();
      const still = await missing();
      if (still.length === 0) {
        await commit();
        return [];
      }
      if (performance.now() >= deadline) return still;
      await sleep(ASK_AGAIN_MS, undefined, { signal });
    }
  } catch (error) {
    if (!(await isCommitted())) throw error;
  }
  return [];
}
