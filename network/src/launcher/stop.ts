import { readdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { HomeFiles } from '../plan/index.js';
import { ProcessRecords, stopProcess, type ProcessRecord } from '../processes/index.js';
import { endSupervisor } from '../supervisor/index.js';
import { withLock } from './lock.js';

export interface StopOptions {
  /** the network's home folder */
  readonly home: string;
  /** whether to remove the network's files too */
  readonly purge?: boolean;
  readonly log?: (line: string) => void;
}

/**
 * Ends the supervisor of a home folder and then exactly the processes that were started for it; returns when
 * all of them are gone.
 * @returns the names of the nodes that were running
 * @throws NetworkError HOME_LOCKED
 */
export async function stopNetwork(options: StopOptions): Promise<string[]> {
  const { purge = false, log = () => undefined } = options;
  const home = resolve(options.home);
  return withLock(home, async () => {
    await endSupervisor(home);
    const each = (await membersIn(home)).map(async (id) => {
      const records = new ProcessRecords(new HomeFiles(home).member(id).records);
      return stopAll(records, records.all());
    });
    const stopped = (await Promise.all(each)).flat();
    log(stopped.length === 0 ? 'nothing was running' : `stopped ${stopped.join(', ')}`);
    if (purge) {
      await rm(home, { recursive: true, force: true });
      log(`removed ${home}`);
    }
    return stopped;
  });
}

/** Ids of the members that have a folder in a home. */
export async function membersIn(home: string): Promise<string[]> {
  try {
    return await readdir(new HomeFiles(home).members);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Ends processes at the same time and forgets them. */
export async function stopAll(
  records: ProcessRecords,
  processes: readonly ProcessRecord[],
): Promise<string[]> {
  const stopped = await Promise.all(
    processes.map(async (record) => {
      const wasRunning = await stopProcess(record);
      records.remove(record.name);
      return wasRunning ? [record.name] : [];
    }),
  );
  return stopped.flat();
}
