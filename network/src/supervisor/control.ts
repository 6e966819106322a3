import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NetworkError } from '../errors.js';
import { HomeFiles } from '../plan/index.js';
import {
  endProcess,
  isAlive,
  lockHolder,
  LONGEST_WAIT_MS,
  startProcess,
} from '../processes/index.js';

const PROGRAM = fileURLToPath(new URL('./main.js', import.meta.url));
const POLL_MS = 20;

/** The pid of the supervisor of a home; undefined when none lives. */
export function supervisorOf(home: string): number | undefined {
  return lockHolder(new HomeFiles(home).supervisor.lock)?.pid;
}

/** Has the supervisor of a home read anew what is wanted, where one lives. */
export function notifySupervisor(home: string): boolean {
  const pid = supervisorOf(home);
  if (pid === undefined) return false;
  process.kill(pid, 'SIGHUP');
  return true;
}

/**
 * Has a supervisor run what is wanted in a home: the one that lives, else a new one, which adopts what runs.
 * @returns whether it is a new one
 * @throws NetworkError NODE_FAILED when it does not start
 */
export async function ensureSupervisor(home: string): Promise<boolean> {
  if (notifySupervisor(home)) return false;
  const { log } = new HomeFiles(home).supervisor;
  const record = await startProcess({
    name: 'supervisor',
    command: process.execPath,
    args: [PROGRAM, home],
    // the locations of tools, for what it starts and on systems without /proc
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    logFile: log,
  });
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (supervisorOf(home) === undefined) {
    if (!isAlive(record) || performance.now() > deadline) {
      throw new NetworkError('NODE_FAILED', `the supervisor did not start, see ${log}`);
    }
    await sleep(POLL_MS);
  }
  return true;
}

/** Ends the supervisor of a home; what it supervised goes on. */
export async function endSupervisor(home: string): Promise<boolean> {
  const holder = lockHolder(new HomeFiles(home).supervisor.lock);
  return holder === undefined ? false : endProcess('supervisor', holder);
}
