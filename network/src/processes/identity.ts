import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * When a process started, in the system's own notation: with the pid it names one process for ever, while
 * a pid alone is used again. Undefined when no such process lives; a zombie does not, all of whose threads have ended.
 */
export function processStart(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  return startIn(stat);
}

/** The start of a process that lives, by the line of its `/proc/<pid>/stat` (proc(5)). */
export function startIn(stat: string): string | undefined {
  // the command's name, field 2, may hold spaces and brackets; these begin with field 3
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, threads, start] = [fields[0], Number(fields[17]), fields[19]];
  // the first thread may have ended before the others, which still hold the process's ports
  if (state === 'X' || (state === 'Z' && threads <= 1)) return undefined;
  return start;
}

function fromPs(pid: number): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    if (line === '' || line.startsWith('Z')) return undefined;
    return line.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}
