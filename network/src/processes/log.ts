import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;

/** More of a log is not read to show its end. */
const MOST_BYTES = 4 * 1024 * 1024;

/** The last lines of a log file, and where it ended then. A file that is not there is empty. */
export async function lastLines(
  file: string,
  count: number,
): Promise<{ readonly lines: string[]; readonly end: number }> {
  const end = await sizeOf(file);
  const text = await readFrom(file, Math.max(0, end - MOST_BYTES), end);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return { lines: count === 0 ? [] : lines.slice(-count), end };
}

/** Tells each line that is added to a log file, from a place on, until the signal. */
export async function followLog(
  file: string,
  from: number,
  tell: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  let place = from;
  let rest = '';
  while (signal?.aborted !== true) {
    const end = await sizeOf(file);
    if (end > place) {
      const upTo = Math.min(end, place + MOST_BYTES);
      const lines = (rest + (await readFrom(file, place, upTo))).split('\n');
      place = upTo;
      rest = lines.pop() ?? '';
      lines.forEach(tell);
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function readFrom(file: string, from: number, to: number): Promise<string> {
  if (to <= from) return '';
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
