import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Orders } from './loaded-process.js';

const PROCESS = new URL('./loaded-process.js', import.meta.url).pathname;

/**
 * Runs a loaded ledger in a process of its own and kills it with SIGKILL.
 * @param file where its orders are put
 * @param after how many acknowledgements
 * @returns every id that was acknowledged, those that came while the signal was on its way included
 * @throws Error when the process ended otherwise than by the signal
 */
export async function runUntilKilled(
  file: string,
  orders: Orders,
  after: number,
): Promise<readonly string[]> {
  await writeFile(file, JSON.stringify(orders), { mode: 0o600 });
  const child = spawn(process.execPath, [PROCESS, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const acknowledged: string[] = [];
  for await (const commandId of createInterface({ input: child.stdout })) {
    acknowledged.push(commandId);
    if (acknowledged.length === after) child.kill('SIGKILL');
  }
  await ended;
  if (child.signalCode === 'SIGKILL') return acknowledged;
  throw new Error(
    `expected the process to be killed under load, found exit ${child.exitCode ?? child.signalCode ?? ''} after ${acknowledged.length} acknowledgements`,
  );
}
