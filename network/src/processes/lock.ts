import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { NetworkError } from '../errors.js';
import { processStart } from './identity.js';

/** A process by its pid and when it started. */
export interface LockHolder {
  readonly pid: number;
  readonly start: string;
}

/** Who holds a lock; undefined when nobody does, or the holder died. */
export function lockHolder(file: string): LockHolder | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const [pid = '', ...rest] = text.split(' ');
  const holder = { pid: Number(pid), start: rest.join(' ') };
  return processStart(holder.pid) === holder.start ? holder : undefined;
}

/**
 * Takes a lock for this process. One whose holder died is taken over.
 * @throws NetworkError HOME_LOCKED naming the process that holds it
 */
export function takeLock(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  // it gets its name when it is whole: whoever met an empty one would take it for a dead process's
  const whole = `${file}.${process.pid}`;
  writeFileSync(whole, `${process.pid} ${processStart(process.pid) ?? ''}`);
  try {
    link(whole, file);
  } finally {
    rmSync(whole, { force: true });
  }
}

function link(whole: string, file: string): void {
  for (const mayTakeOver of [true, false]) {
    try {
      linkSync(whole, file);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = lockHolder(file);
      if (holder !== undefined || !mayTakeOver) {
        throw new NetworkError(
          'HOME_LOCKED',
          `${file} is held by process ${holder?.pid ?? 'another'}`,
        );
      }
      rmSync(file, { force: true });
    }
  }
}

export function releaseLock(file: string): void {
  rmSync(file, { force: true });
}
