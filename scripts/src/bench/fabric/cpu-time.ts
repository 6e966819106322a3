import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { NetworkProcess } from './stage.js';

/** Milliseconds of CPU time by process. */
export type CpuTimes = ReadonlyMap<string, number>;

/** The name under which the bench's own process stands. */
export const CLIENT = 'client';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** What each process, and this one, has used since it started, in user and in system mode. */
export async function readCpuTimes(processes: readonly NetworkProcess[]): Promise<CpuTimes> {
  const own = process.cpuUsage();
  const times = new Map([[CLIENT, (own.user + own.system) / 1000]]);
  for (const { name, pid } of processes) {
    times.set(name, cpuTimeOf(await readFile(`/proc/${pid}/stat`, 'utf8')));
  }
  return times;
}

/** Of a line of `/proc/PID/stat`, proc(5): fields 14 and 15; the name before them may hold spaces and brackets. */
export function cpuTimeOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return (ticks * 1000) / TICKS_PER_SECOND;
}

/** Adds what was used between two readings to a sum. */
export function addCpuTimes(sum: Map<string, number>, before: CpuTimes, after: CpuTimes): void {
  for (const [name, used] of after) {
    sum.set(name, (sum.get(name) ?? 0) + used - (before.get(name) ?? used));
  }
}
