import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessRecord } from './record.js';

const POLL_MS = 25;

/**
 * Ends exactly the process of a record: SIGTERM, and SIGKILL when it lives on after the grace time. A
 * process that took over its pid is left alone.
 * @param graceMs how long it may take to end by itself
 * @returns whether there was anything to end
 */
export async function stopProcess(record: ProcessRecord, graceMs = 8000): Promise<boolean> {
  if (!isAlive(record)) return false;
  signal(record, 'SIGTERM');
  if (await ended(record, graceMs)) return true;
  signal(record, 'SIGKILL');
  if (await ended(record, graceMs)) return true;
  throw new Error(`${record.name}: process ${record.pid} survives SIGKILL`);
}

function signal(record: ProcessRecord, name: NodeJS.Signals): void {
  try {
    process.kill(record.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function ended(record: ProcessRecord, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (isAlive(record)) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}
