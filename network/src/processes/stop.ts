import { setTimeout as sleep } from 'node:timers/promises';
import { processStart } from './identity.js';
import type { LockHolder } from './lock.js';
import { LONGEST_WAIT_MS } from './patience.js';
import type { ProcessRecord } from './record.js';

const POLL_MS = 25;
const GRACE_MS = 8000;

/**
 * Ends exactly the process of a record: SIGTERM, and SIGKILL when it lives on after the grace time. A
 * process that took over its pid is left alone.
 * @param graceMs how long it may take to end by itself
 * @returns whether there was anything to end
 */
export async function stopProcess(record: ProcessRecord, graceMs = GRACE_MS): Promise<boolean> {
  return endProcess(record.name, record, graceMs);
}

/**
 * Ends a process that is known by its pid and when it started.
 * @param name for the error
 * @returns whether there was anything to end
 */
export async function endProcess(
  name: string,
  holder: LockHolder,
  graceMs = GRACE_MS,
): Promise<boolean> {
  if (!lives(holder)) return false;
  signal(holder, 'SIGTERM');
  if (await ended(holder, graceMs)) return true;
  signal(holder, 'SIGKILL');
  if (await ended(holder, LONGEST_WAIT_MS)) return true;
  throw new Error(`${name}: process ${holder.pid} survives SIGKILL`);
}

const lives = ({ pid, start }: LockHolder) => processStart(pid) === start;

function signal({ pid }: LockHolder, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function ended(holder: LockHolder, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (lives(holder)) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}
