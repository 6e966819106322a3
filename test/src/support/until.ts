import { setTimeout as delay } from 'node:timers/promises';

/** A limit for what never comes: a busy machine takes minutes for what else takes seconds. */
const LONGEST_WAIT_MS = 600_000;
const LOOK_MS = 200;

/**
 * Waits until something is so.
 * @param what for the error
 * @param is asked again and again; what it throws last is the error's cause
 * @throws Error after ten minutes
 */
export async function until(what: string, is: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  let cause: unknown;
  for (;;) {
    try {
      if (await is()) return;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) throw new Error(`expected ${what} in time`, { cause });
    await delay(LOOK_MS);
  }
}
